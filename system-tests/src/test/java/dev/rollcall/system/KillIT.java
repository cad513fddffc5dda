package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.StudentsPage;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of each service, and its return. Each test leaves the suite complete. */
final class KillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private static final Map<Program, Service> SERVICES = new EnumMap<>(Program.class);
    private static final PlainDependant DEPENDANT =
            PlainDependant.listening("Observer", "LogService", "GradingService", "PortalService");

    @BeforeAll
    static void start() throws Exception {
        SERVICES.put(Program.REGISTRY, SUITE.startRegistry());
        for (var program : new Program[] {Program.LOG, Program.GRADING, Program.PORTAL}) {
            SERVICES.put(program, SUITE.start(program));
        }
        Await.atMost(LIMIT, KillIT::assertWhole);
        assertThat(DEPENDANT.registration().sendTo(SUITE.registryUrl()).status())
                .isEqualTo(200);
    }

    @AfterAll
    static void closeDependant() {
        DEPENDANT.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Program.class,
            names = {"LOG", "GRADING", "PORTAL"})
    void givenService_whenKilledAndStartedAgain_thenItsDependantsAreTold(Program program) throws Exception {
        var provider =
                new PlainPatch.Entry(program.service(), SERVICES.get(program).url());
        var from = DEPENDANT.received().size();

        var killed = System.nanoTime();
        SERVICES.get(program).kill();
        var removed = DEPENDANT.awaitPatch(from, PlainPatch.removed(provider)::equals, LIMIT);
        assertThat(Roll.of(SUITE.registryUrl()).health(provider.url())).contains("evicted");
        assertMissed(program);
        startAgain(program);
        DEPENDANT.awaitPatch(from, PlainPatch.added(provider)::equals, LIMIT);

        System.out.printf(
                "%s: kill -9 to Removed: %d ms%n", program, TimeUnit.NANOSECONDS.toMillis(removed.nanos() - killed));
        assertThat(removed.nanos() - killed).isLessThan(Duration.ofSeconds(10).toNanos());
        Await.atMost(LIMIT, KillIT::assertWhole);
        assertThat(DEPENDANT.confusions()).isEmpty();
    }

    @Test
    void givenLogServiceKilled_whenItReturns_thenWhatWasLoggedMeanwhileArrives() throws Exception {
        SERVICES.get(Program.LOG).kill();
        Await.atMost(LIMIT, () -> assertThat(health(Program.GRADING)).contains("there is no LogService"));

        addGrade("while the log was away");
        startAgain(Program.LOG);

        var log = SERVICES.get(Program.LOG).url() + "/log?service=GradingService";
        Await.atMost(LIMIT, () -> assertThat(Http.get(log).body()).containsOnlyOnce("while the log was away"));
        Await.atMost(LIMIT, KillIT::assertWhole);
    }

    /** Instances register again after 9 s without a heartbeat, which comes every 3 s. */
    @Test
    void givenRegistryKilled_whenItReturns_thenTheOthersHaveGoneOnAndAreOnItsRollAgain() throws Exception {
        SERVICES.get(Program.REGISTRY).kill();
        assertGoesOn();
        startAgain(Program.REGISTRY);
        SERVICES.get(Program.REGISTRY).url();
        var returned = System.nanoTime();

        Await.atMost(LIMIT, () -> {
            assertGoesOn();
            assertWhole();
        });

        var took = System.nanoTime() - returned;
        System.out.printf("registry's return to all on its roll: %d ms%n", TimeUnit.NANOSECONDS.toMillis(took));
        assertThat(took).isLessThan(Duration.ofSeconds(30).toNanos());
        assertThat(DEPENDANT.registration().sendTo(SUITE.registryUrl()).status())
                .isEqualTo(200);
    }

    private static void startAgain(Program program) throws InterruptedException {
        SERVICES.put(program, SUITE.startAgain(SERVICES.get(program)));
    }

    /** What the other services show while one is away. */
    private static void assertMissed(Program program) throws InterruptedException {
        switch (program) {
            case LOG ->
                Await.atMost(LIMIT, () -> assertThat(health(Program.GRADING)).contains("there is no LogService"));
            case GRADING ->
                Await.atMost(
                        LIMIT,
                        () -> assertThat(StudentsPage.status(
                                        SERVICES.get(Program.PORTAL).url()))
                                .isEqualTo(503));
            default -> {}
        }
    }

    private static void assertGoesOn() throws IOException, InterruptedException {
        assertThat(StudentsPage.status(SERVICES.get(Program.PORTAL).url())).isEqualTo(200);
        addGrade("without a registry");
    }

    private static void addGrade(String title) throws IOException, InterruptedException {
        var form = "Title=" + title.replace(' ', '+') + "&Type=Test&Score=50";
        var posted = Http.post(
                SERVICES.get(Program.PORTAL).url() + "/students/2/grades", "application/x-www-form-urlencoded", form);
        assertThat(posted.status()).isEqualTo(303);
    }

    private static String health(Program program) throws IOException, InterruptedException {
        return Http.get(SERVICES.get(program).url() + "/health").body();
    }

    private static void assertWhole() throws IOException, InterruptedException {
        var roll = Roll.of(SUITE.registryUrl());
        for (var program : new Program[] {Program.LOG, Program.GRADING, Program.PORTAL}) {
            assertThat(roll.health(SERVICES.get(program).url()))
                    .as(program.service())
                    .contains("passing");
            assertThat(health(program)).contains("\"passing\"");
        }
        assertThat(StudentsPage.status(SERVICES.get(Program.PORTAL).url())).isEqualTo(200);
    }
}
