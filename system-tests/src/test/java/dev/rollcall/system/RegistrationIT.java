package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.Fault;
import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.plain.PlainRegistration;
import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registry, used with curl and a custom listener. */
final class RegistrationIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    @RegisterExtension
    static final Suite SUITE = Suite.ofTheClass();

    private final List<PlainDependant> dependants = new ArrayList<>();

    @BeforeAll
    static void startRegistry() throws InterruptedException {
        SUITE.startRegistry().url();
    }

    @AfterEach
    void leave() throws Exception {
        for (var entry : Roll.of(SUITE.registryUrl()).entries()) {
            deregister(entry.url());
        }
        dependants.forEach(PlainDependant::close);
    }

    /** The second demonstration that the issue requires. */
    @Test
    void givenTheProtocolsRegistration_whenLogServiceComesAndGoes_thenPatchesAndHeartbeatsCome() throws Exception {
        var dependant = dependant("GradingService", "LogService");
        var release = new CountDownLatch(1);
        dependant.takesPatches(() -> {
            release.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return Fault.NONE;
        });

        var answer = dependant.registration().sendLaterTo(SUITE.registryUrl());
        assertThat(isAnsweredWithin(answer, Duration.ofMillis(300)))
                .as("answered before the first patch is taken")
                .isFalse();
        release.countDown();
        var reply = answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Length")).contains("0");
        assertThat(reply.header("Registry-Epoch")).isPresent();
        assertThat(dependant.received())
                .singleElement()
                .extracting(PlainDependant.Received::body)
                .isEqualTo("{\"Added\":[],\"Removed\":[]}");

        var log = SUITE.start(Program.LOG);
        var provider = new PlainPatch.Entry("LogService", log.url());
        var added = dependant.awaitPatch(1, PlainPatch.added(provider)::equals, LIMIT);
        assertThat(added.body())
                .isEqualTo("{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"" + log.url() + "\"}],\"Removed\":[]}");
        log.pressEnter();
        dependant.awaitPatch(2, PlainPatch.removed(provider)::equals, LIMIT);
        assertThat(log.awaitExit(LIMIT)).isZero();
        var again = SUITE.startAgain(log);
        dependant.awaitPatch(3, PlainPatch.added(provider)::equals, LIMIT);
        var killed = System.nanoTime();
        again.kill();
        var removed = dependant.awaitPatch(4, PlainPatch.removed(provider)::equals, LIMIT);
        System.out.printf("kill -9 to Removed: %d ms%n", millis(removed.nanos() - killed));

        assertThat(dependant.received()).hasSize(5);
        assertThat(dependant.confusions()).isEmpty();
        assertHeartbeats(dependant.awaitHeartbeats(4, LIMIT));
    }

    @Test
    void givenSmallestRegistration_whenSent_thenOnTheRollAndUnchecked() throws Exception {
        var url = freeUrl();

        var reply = register("{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"" + url + "\"}");

        assertThat(reply).isEqualTo(200);
        assertThat(roll().health(url)).contains("unchecked");
    }

    @Test
    void givenKeysInAnotherCaseAndUnknownOnes_whenSent_thenOnTheRoll() throws Exception {
        var url = freeUrl();

        var reply = register("{\"servicename\":\"GradingService\",\"ServiceUrl\":\"" + url
                + "\",\"requiredServices\":null,\"HeartbeatURL\":\"\",\"Colour\":[1,{}]}");

        assertThat(reply).isEqualTo(200);
        assertThat(roll().urls()).containsExactly(url);
    }

    @Test
    void givenRegistration_whenTheSameUrlRegistersAgain_thenItReplaces() throws Exception {
        var dependant = dependant("PortalService", "GradingService");
        var provider = new PlainPatch.Entry("GradingService", freeUrl());
        var smallest = new PlainRegistration("GradingService", provider.url(), List.of(), "", "");
        dependant.registration().sendTo(SUITE.registryUrl());

        smallest.sendTo(SUITE.registryUrl());
        dependant.awaitPatch(1, PlainPatch.added(provider)::equals, LIMIT);
        smallest.sendTo(SUITE.registryUrl());
        assertThat(roll().urls()).hasSize(2).doesNotHaveDuplicates();
        smallest.deregisterFrom(SUITE.registryUrl());

        dependant.awaitPatch(2, PlainPatch.removed(provider)::equals, LIMIT);
        assertThat(roll().urls()).containsExactly(dependant.registration().url());
        assertThat(dependant.providers()).isEmpty();
        assertThat(dependant.confusions()).isEmpty();
    }

    @Test
    void givenRegistration_whenDeletedTwice_then200And404() throws Exception {
        var url = freeUrl();
        register("{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"" + url + "\"}");

        assertThat(deregister(" " + url + "/\n")).isEqualTo(200);
        assertThat(deregister(url)).isEqualTo(404);
        assertThat(roll().entries()).isEmpty();
    }

    @Test
    void givenBrokenRegistrations_whenSent_then400AndNothingIsStored() throws Exception {
        var before = Http.get(SUITE.registryUrl() + "/services").header("ETag");

        for (var broken : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"GradingService\"",
                "{}",
                "{\"ServiceURL\":\"http://localhost:6000\"}",
                "{\"ServiceName\":\" \",\"ServiceURL\":\"http://localhost:6000\"}",
                "{\"ServiceName\":\"GradingService\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"localhost:6000\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"/services\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"ftp://localhost:6000\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:66000\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\"",
                "{\"ServiceName\":{},\"ServiceURL\":\"http://localhost:6000\"}")) {
            assertThat(register(broken)).as(broken).isEqualTo(400);
        }

        assertThat(roll().entries()).isEmpty();
        assertThat(Http.get(SUITE.registryUrl() + "/services").header("ETag")).isEqualTo(before);
    }

    @Test
    void givenUpdateUrlThatHangs_whenRegistered_thenAnsweredAfterASecondAndToldLater() throws Exception {
        var dependant = dependant("GradingService", "LogService");
        var patches = new AtomicInteger();
        dependant.takesPatches(() -> patches.getAndIncrement() == 0 ? new Fault(false, new Act.Stall()) : Fault.NONE);
        var start = System.nanoTime();

        var reply = dependant.registration().sendTo(SUITE.registryUrl());
        var took = millis(System.nanoTime() - start);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(took).isBetween(900L, 10_000L);
        assertThat(roll().urls()).contains(dependant.registration().url());
        dependant.awaitPatch(0, patch -> patch.added().isEmpty(), LIMIT);
    }

    @Test
    void givenUpdateUrlThatNobodyListensAt_whenRegistered_thenAnsweredWith200() throws Exception {
        var registration = PlainRegistration.of("GradingService", freeUrl(), "LogService");
        var start = System.nanoTime();

        var reply = registration.sendTo(SUITE.registryUrl());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(millis(System.nanoTime() - start)).isLessThan(10_000);
        // nor does it answer heartbeats
        Await.atMost(LIMIT, () -> assertThat(roll().health(registration.url())).contains("evicted"));
    }

    /**
     * The first heartbeat comes at once, the others every 3 s, each up to 10 % sooner or later; any of them may be late
     * on a busy machine.
     */
    private static void assertHeartbeats(List<Long> times) {
        var last = times.size() - 1;
        for (var i = 1; i <= last; i++) {
            System.out.printf("heartbeat after %d ms%n", millis(times.get(i) - times.get(i - 1)));
        }
        assertThat(millis(times.get(last) - times.get(0)) / last).isBetween(2_000L, 6_000L);
    }

    private static boolean isAnsweredWithin(Future<?> answer, Duration limit)
            throws InterruptedException, ExecutionException {
        try {
            answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private PlainDependant dependant(String name, String... requires) {
        var dependant = PlainDependant.listening(name, requires);
        dependants.add(dependant);
        return dependant;
    }

    private static int register(String json) throws IOException, InterruptedException {
        return Http.post(SUITE.registryUrl() + "/services", JSON, json).status();
    }

    private static int deregister(String url) throws IOException, InterruptedException {
        return Http.delete(SUITE.registryUrl() + "/services", url).status();
    }

    private static Roll roll() throws IOException, InterruptedException {
        return Roll.of(SUITE.registryUrl());
    }

    private static String freeUrl() {
        return "http://localhost:" + Ports.free();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
