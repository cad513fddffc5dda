package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartOrderIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGISTRY LOG GRADING PORTAL",
                "PORTAL GRADING REGISTRY LOG",
                "LOG GRADING PORTAL REGISTRY",
            })
    void givenOrder_whenEachIsStartedAfterTheOther_thenAllFindEachOther(String order) throws Exception {
        var services = new EnumMap<Program, Service>(Program.class);

        for (var name : order.split(" ")) {
            var program = Program.valueOf(name);
            services.put(program, start(program));
            services.get(program).url();
        }

        assertWhole(services);
    }

    @Test
    void givenNothing_whenAllAreStartedAtOnce_thenAllFindEachOther() throws Exception {
        var services = new EnumMap<Program, Service>(Program.class);

        for (var program : Program.values()) {
            services.put(program, start(program));
        }

        assertWhole(services);
    }

    /** People and scripts start the next service on that line. */
    @Test
    void givenRegistry_whenAServiceSaysThatItListens_thenItIsOnTheRoll() throws Exception {
        suite.startRegistry().url();

        for (var program : List.of(Program.LOG, Program.GRADING, Program.PORTAL)) {
            var service = start(program);
            var url = service.url();

            // on a machine too busy for a registration within 2 s, it prints that, and that it keeps trying
            var said = service.output().lines().toString();
            assertThat(Roll.of(suite.registryUrl()).urls().contains(url) || said.contains("cannot reach the registry"))
                    .as(said)
                    .isTrue();
        }
    }

    @Test
    void givenNoRegistry_whenAServiceIsStarted_thenItSaysSoAndThenThatItListens() throws Exception {
        var grading = start(Program.GRADING);

        var url = grading.url();

        var away = "GradingService cannot reach the registry at " + suite.registryUrl() + "; serving and retrying";
        assertThat(grading.output().lines()).containsSubsequence(away, "GradingService listens on " + url);
        assertThat(Http.get(url + "/students").status()).isEqualTo(200);
    }

    private Service start(Program program) {
        return program == Program.REGISTRY ? suite.startRegistry() : suite.start(program);
    }

    private void assertWhole(Map<Program, Service> services) throws IOException, InterruptedException {
        for (var service : services.values()) {
            var health = service.url() + "/health";
            Await.atMost(
                    LIMIT,
                    () -> assertThat(Http.get(health).json().get("status").asText())
                            .as(health)
                            .isEqualTo("passing"));
        }
        Await.atMost(LIMIT, this::assertAllOnTheRoll);

        var grading = services.get(Program.GRADING).url();
        var posted = Http.post(grading + "/students/1/grades", "application/x-www-form-urlencoded", GRADE);
        assertThat(posted.status()).isEqualTo(201);

        assertThat(Http.get(services.get(Program.PORTAL).url() + "/students/1").body())
                .contains("T1", "85.5");
        var log = services.get(Program.LOG).url() + "/log?service=";
        assertLogHas(log + "GradingService", "added grade T1 to student 1");
        assertLogHas(log + "PortalService", "registered");
        assertLogHas(log + "RegistryService", "registered");
        var overview = Http.get(services.get(Program.PORTAL).url() + "/").body();
        assertThat(overview).contains(grading, "added grade T1 to student 1");
    }

    private void assertAllOnTheRoll() throws IOException, InterruptedException {
        var entries = Roll.of(suite.registryUrl()).entries();
        assertThat(entries)
                .extracting(Roll.Entry::name)
                .containsExactlyInAnyOrder("LogService", "GradingService", "PortalService");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.health()).isEqualTo("passing");
            assertThat(entry.missing()).isZero();
        });
    }

    private static void assertLogHas(String log, String text) throws InterruptedException {
        Await.atMost(LIMIT, () -> assertThat(Http.get(log).body()).as(log).contains(text));
    }
}
