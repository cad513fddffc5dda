package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.Delivery;
import dev.rollcall.system.plain.PlainRegistration;
import dev.rollcall.system.plain.PlainRegistry;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.StudentsPage;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our services under a plain registry and its habits. */
final class PlainRegistryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(300);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenDoubledPatchesAndBodiesWhereNoneBelong_whenServicesComeAndGo_thenTheyAreKnownOnceAndGoneAtOnce()
            throws Exception {
        var registry = suite.closesAtTheEnd(PlainRegistry.answeringWithBodies(Delivery::doubled, OFTEN));
        var log = start(registry, Program.LOG);
        // it keeps the log service as last known, and would retry it until the limit
        var grading = suite.start(Program.GRADING, "--registry", registry.url(), "--flush", "300ms");
        var portal = start(registry, Program.PORTAL);

        awaitPage(portal, 200);
        awaitHealth(portal, "passing");
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(log.url() + "/log?service=GradingService")
                                .body())
                        .contains("registered"));
        awaitHealth(grading, "passing");
        assertThat(registry.registrations()).extracting(PlainRegistration::url).doesNotHaveDuplicates();

        log.pressEnter();
        assertThat(log.awaitExit(LIMIT)).isZero();
        awaitHealth(grading, "there is no LogService");
        assertThat(StudentsPage.status(portal.url())).isEqualTo(200);

        grading.pressEnter();
        assertThat(grading.awaitExit(LIMIT)).isZero();
        awaitPage(portal, 503);
        assertThat(registry.registrations()).extracting(PlainRegistration::name).containsExactly("PortalService");
    }

    @Test
    void givenAddedBeforeRemoved_whenGradingReturns_thenPagesGoOn() throws Exception {
        var registry = suite.closesAtTheEnd(PlainRegistry.telling(Delivery::addedBeforeRemoved, OFTEN));
        var grading = start(registry, Program.GRADING);
        var portal = start(registry, Program.PORTAL);
        awaitPage(portal, 200);

        grading.kill();
        Await.atMost(LIMIT, () -> assertThat(registry.registrations()).hasSize(1));
        var again = suite.startAgain(grading);
        Await.atMost(LIMIT, () -> assertThat(registry.registrations()).hasSize(2));

        // notified that it came, then that it left: it is the same address
        awaitPage(portal, 200);
        assertThat(Http.get(again.url() + "/heartbeat").status()).isEqualTo(200);
        assertThat(StudentsPage.status(portal.url())).isEqualTo(200);
    }

    @Test
    void givenRegistryThatForgets_whenItDoes_thenTheyGoOnAndRegisterAgain() throws Exception {
        var registry = suite.closesAtTheEnd(PlainRegistry.telling(Delivery::inOrder, OFTEN));
        var grading = start(registry, Program.GRADING);
        var portal = start(registry, Program.PORTAL);
        awaitPage(portal, 200);
        // a second heartbeat, apart from those before the response to its registration, gives it the interval
        for (var service : List.of(grading, portal)) {
            Await.atMost(
                    LIMIT,
                    () -> assertThat(registry.heartbeatsAnswered(service.url())).isGreaterThan(3));
        }

        registry.forget();

        Await.atMost(LIMIT, () -> {
            assertThat(StudentsPage.status(portal.url())).isEqualTo(200);
            assertThat(registry.registrations())
                    .extracting(PlainRegistration::url)
                    .containsExactlyInAnyOrder(grading.url(), portal.url());
        });
        assertThat(StudentsPage.status(portal.url())).isEqualTo(200);
    }

    /** Each gets one heartbeat in 10.5 s, and the first instance its first one after 3.5 s. */
    @Test
    void givenRegistryThatProbesOneAfterAnother_whenAllAreListed_thenNobodyLeaves() throws Exception {
        var registry = suite.closesAtTheEnd(PlainRegistry.probingInTurn(Duration.ofMillis(3_500)));
        var services = List.of(
                start(registry, Program.LOG), start(registry, Program.GRADING), start(registry, Program.PORTAL));
        for (var service : services) {
            // it knows that it is registered, after however many attempts
            Await.atMost(
                    LIMIT,
                    () -> assertThat(Http.get(service.url() + "/health").body()).doesNotContain("registered"));
        }
        Await.atMost(LIMIT, () -> assertThat(registry.registrations()).hasSize(3));
        var first = registry.registrations().get(0).url();
        var before = registry.history().size();
        var heard = registry.heartbeatsAnswered(first);

        Await.atMost(LIMIT, () -> assertThat(registry.heartbeatsAnswered(first)).isGreaterThan(Math.max(1, heard)));

        assertThat(services).allMatch(Service::isAlive);
        assertThat(registry.history()).hasSize(before);
    }

    @Test
    void givenRegistryThatHangs_whenServicesStart_thenTheyServeAndRegisterWhenItAnswers() throws Exception {
        var registry = suite.closesAtTheEnd(PlainRegistry.telling(Delivery::inOrder, OFTEN));
        registry.hang(true);
        var grading = start(registry, Program.GRADING);
        var stopped = start(registry, Program.GRADING);

        assertThat(Http.get(grading.url() + "/students").status()).isEqualTo(200);
        assertThat(Http.get(stopped.url() + "/students").status()).isEqualTo(200);
        stopped.pressEnter();
        Await.atMost(LIMIT, () -> assertThat(registry.history()).contains("DELETE " + stopped.url()));
        registry.hang(false);

        assertThat(stopped.awaitExit(LIMIT)).isZero();
        Await.atMost(
                LIMIT,
                () -> assertThat(registry.registrations())
                        .extracting(PlainRegistration::url)
                        .contains(grading.url()));
    }

    private Service start(PlainRegistry registry, Program program) {
        return suite.start(program, "--registry", registry.url());
    }

    private static void awaitPage(Service portal, int status) throws InterruptedException {
        Await.atMost(LIMIT, () -> assertThat(StudentsPage.status(portal.url())).isEqualTo(status));
    }

    private static void awaitHealth(Service service, String text) throws InterruptedException {
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(service.url() + "/health").body()).contains(text));
    }
}
