package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that a service logged without a log service are shipped by its next start. */
final class SpillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GRADE = "{\"Title\":\"spilled\",\"Type\":\"Test\",\"Score\":1}";

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenNoLogService_whenAServiceIsKilledAndStartedAgain_thenWhatItLoggedIsStoredOnce() throws Exception {
        suite.startRegistry();
        var grading = suite.start(Program.GRADING);
        assertThat(Http.post(grading.url() + "/students/1/grades", "application/json", GRADE)
                        .status())
                .isEqualTo(201);
        Await.atMost(
                LIMIT, () -> assertThat(spilled(grading)).anyMatch(content -> content.contains("added grade spilled")));

        grading.kill();
        var log = suite.start(Program.LOG);
        suite.startAgain(grading);

        Await.atMost(LIMIT, () -> assertThat(count(log, "contains=spilled")).isEqualTo(1));
    }

    @Test
    void givenTheLogServiceHasGone_whenTheRegistryStops_thenItsLastRecordsComeWithItsNextStart() throws Exception {
        var registry = suite.startRegistry();
        var log = suite.start(Program.LOG);
        Await.atMost(
                LIMIT, () -> assertThat(count(log, "service=RegistryService")).isPositive());
        log.kill();
        var registration = "{\"ServiceName\":\"LastOne\",\"ServiceURL\":\"http://localhost:9\"}";
        assertThat(Http.post(registry.url() + "/services", "application/json", registration)
                        .status())
                .isEqualTo(200);

        registry.pressEnter();
        assertThat(registry.awaitExit(LIMIT)).isZero();
        var logAgain = suite.startAgain(log);
        suite.startAgain(registry);

        Await.atMost(
                LIMIT,
                () -> assertThat(count(logAgain, "service=RegistryService&contains=LastOne"))
                        .isPositive());
    }

    private static long count(Service log, String query) throws IOException, InterruptedException {
        return Http.get(log.url() + "/log?" + query).body().lines().count();
    }

    /** Returns the content of a service's spill files. */
    private static List<String> spilled(Service service) throws IOException {
        var contents = new ArrayList<String>();
        var directory = Path.of(service.launch().argument("--data"), "spill");
        try (var files = Files.find(directory, 2, (file, about) -> about.isRegularFile())) {
            for (var file : files.toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
