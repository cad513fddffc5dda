package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Launch;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Host names with underscores, as in Compose files. */
final class UnderscoreIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

    private final int registryPort = Ports.free();

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @TempDir
    private Path directory;

    @Test
    void givenHostNamesWithUnderscores_whenAllAreStarted_thenEachCallsTheOthersByThem() throws Exception {
        Files.writeString(
                directory.resolve("hosts"),
                "127.0.0.1 localhost registry_service log_service grading_service portal_service\n");

        start(Program.REGISTRY, "registry_service", registryPort);
        var log = start(Program.LOG, "log_service", Ports.free());
        var grading = start(Program.GRADING, "grading_service", Ports.free());
        var portal = start(Program.PORTAL, "portal_service", Ports.free());

        Await.atMost(
                LIMIT,
                () -> assertThat(Roll.of(at(registryPort)).entries()).hasSize(3).allSatisfy(entry -> {
                    assertThat(entry.health()).isEqualTo("passing");
                    assertThat(entry.missing()).isZero();
                }));
        var posted = Http.post(at(grading.port()) + "/students/1/grades", "application/json", GRADE);
        assertThat(posted.status()).isEqualTo(201);
        assertThat(Http.get(at(portal.port()) + "/students/1").body()).contains("T1", "85.5");
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(at(log.port()) + "/log?service=GradingService")
                                .body())
                        .contains("added grade T1 to student 1"));
        assertThat(Http.get(at(portal.port()) + "/").body())
                .contains("http://grading_service:" + grading.port(), "added grade T1 to student 1");
    }

    private Service start(Program program, String host, int port) {
        var launch = Launch.quick(program, "--port", Integer.toString(port))
                .with("--registry", "http://registry_service:" + registryPort)
                .withEnvironment("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + directory.resolve("hosts"));
        return suite.start(
                program == Program.REGISTRY ? launch : launch.with("--advertise", "http://" + host + ":" + port));
    }

    private static String at(int port) {
        return "http://localhost:" + port;
    }
}
