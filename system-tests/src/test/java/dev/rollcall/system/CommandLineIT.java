package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Launch;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CommandLineIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SETTINGS = List.of(
            "--help",
            "--version",
            "--port",
            "--bind",
            "--advertise",
            "--registry",
            "--data",
            "--drain",
            "--flush",
            "--body-max",
            "--threads",
            "--requests-max");

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenOccupiedPort_whenStarted_thenOneClearLineAndStatus1() throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(occupied.getLocalPort());

            for (var service : allWith(program -> Launch.quick(program, "--port", port))) {
                assertThat(service.awaitExit(LIMIT)).as(service.toString()).isEqualTo(1);
                assertThat(service.errors().lines()).hasSize(1);
                assertThat(service.errors().lines().get(0)).contains(port, "--port");
                assertThat(service.output().lines()).noneMatch(line -> line.contains("listens on"));
            }
        }
    }

    @Test
    void givenWrongValue_whenStarted_thenOneLineThatSaysWhatIsAllowedAndStatus2() throws Exception {
        for (var service : allWith(program -> Launch.quick(program, "--port", "70000"))) {
            assertMistake(service, "--port", "70000", "from 0 to 65535");
        }
    }

    @Test
    void givenUnknownSetting_whenStarted_thenOneLineAndStatus2() throws Exception {
        for (var service : allWith(program -> Launch.quick(program, "--prot", "1"))) {
            assertMistake(service, "--prot", "--help");
        }
    }

    @Test
    void givenWrongVariable_whenStarted_thenTheLineNamesTheVariable() throws Exception {
        for (var service : allWith(program -> Launch.quick(program).withEnvironment("ROLLCALL_DRAIN", "soon"))) {
            assertMistake(service, "ROLLCALL_DRAIN", "soon", "10m");
        }
    }

    @Test
    void givenHelp_whenStarted_thenAllSettingsAreListedAndStatus0() throws Exception {
        for (var service : allWith(program -> Launch.quick(program, "--help"))) {
            assertThat(service.awaitExit(LIMIT)).as(service.toString()).isZero();
            assertThat(service.errors().lines()).isEmpty();
            assertThat(String.join("\n", service.output().lines()))
                    .contains(SETTINGS)
                    .contains(service.program().file() + ".jar", "http://localhost:3000", "ROLLCALL_");
        }
    }

    @Test
    void givenVersion_whenStarted_thenOneLineAndStatus0() throws Exception {
        for (var service : allWith(program -> Launch.quick(program, "--version"))) {
            assertThat(service.awaitExit(LIMIT)).as(service.toString()).isZero();
            assertThat(service.errors().lines()).isEmpty();
            assertThat(service.output().lines())
                    .singleElement()
                    .asString()
                    .matches(service.program().file() + " \\d+\\.\\d+\\.\\d+");
        }
    }

    /** Starts all four, side by side. */
    private List<Service> allWith(Function<Program, Launch> launch) {
        var services = new ArrayList<Service>();
        for (var program : Program.values()) {
            services.add(suite.start(launch.apply(program)));
        }
        return services;
    }

    private static void assertMistake(Service service, String... words) throws IOException, InterruptedException {
        assertThat(service.awaitExit(LIMIT)).as(service.toString()).isEqualTo(2);
        assertThat(service.output().lines()).isEmpty();
        assertThat(service.errors().lines()).hasSize(1);
        assertThat(service.errors().lines().get(0)).contains(words);
    }
}
