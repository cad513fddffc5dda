package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.Fault;
import dev.rollcall.testkit.FaultyServer;
import dev.rollcall.testkit.ReceivedRequest;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistrationKeeperTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(33);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    /** The limit where the registry stalls. */
    private static final Duration CALL_LIMIT_SHORT = Duration.ofSeconds(2);

    private static final Fault PLAIN = new Fault.Answer(200);
    private static final Fault.Answer EXTENDED = new Fault.Answer(200).with("Registry-Epoch", "e");
    private static final Registration REGISTRATION =
            Registration.of(ServiceName.GRADING, HttpUrl.of("http://localhost:6000"));

    private CapturedLog log;
    private FaultyServer registry;
    private RegistrationKeeper registrationKeeper;

    @BeforeEach
    void capture() {
        log = CapturedLog.of(RegistrationKeeper.class);
    }

    @AfterEach
    void closeAll() throws IOException {
        registrationKeeper.close();
        registry.close();
        log.close();
    }

    @Test
    void givenRegistry_whenStarted_thenRegisteredAndNothingIsDoubtful() throws Exception {
        enrol(NEVER, EXTENDED);
        assertThat(registrationKeeper.healthReasons()).containsExactly("not registered yet");

        registrationKeeper.start();

        var request = registry.takeRequest(LIMIT);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(Json.read(request.body(), Registration.class)).isEqualTo(REGISTRATION);
        awaitRegistered();
    }

    @Test
    void givenRegistryThatComesLate_whenStarted_thenTriedOnAndSaidOnce() throws Exception {
        enrol(NEVER, new Fault.Refuse(), new Fault.Answer(503, "not yet"), new Fault.Answer(404), EXTENDED);
        registrationKeeper.start();
        Eventually.holds(
                "it says that it is away",
                LIMIT,
                () -> registrationKeeper.healthReasons().stream().anyMatch(reason -> reason.contains("no connection")));

        registry.listenAgain();

        awaitRegistered();
        assertThat(methods()).containsExactly("POST", "DELETE", "POST");
        assertThat(log.events())
                .extracting(event -> event.getLevel() + " " + event.getMessage())
                .containsExactly("WARN not registered yet; retrying", "INFO registered");
    }

    @Test
    void givenExtendedRegistryThatForgot_whenItIsSilentForTheLapse_thenRegisteredAgain() throws Exception {
        enrol(SHORT, EXTENDED);

        registrationKeeper.start();

        assertThat(registry.takeRequest(LIMIT).method()).isEqualTo("POST");
        assertThat(registry.takeRequest(LIMIT).method()).isEqualTo("POST");
        assertThat(registry.takeRequest(LIMIT).method()).isEqualTo("POST");
    }

    /** A registry that restarts before it probed an instance no longer lists it, and the instance can't know. */
    @Test
    void givenPlainRegistryThatNeverProbed_whenItIsSilent_thenLeftAndRegisteredAgainAfterPausesThatDouble()
            throws Exception {
        enrol(Duration.ofMillis(10), PLAIN);
        var start = System.nanoTime();

        registrationKeeper.start();

        Eventually.holds("registered three times again", LIMIT, () -> methods().size() >= 7);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(690));
        assertThat(methods().subList(0, 7))
                .containsExactly("POST", "DELETE", "POST", "DELETE", "POST", "DELETE", "POST");
    }

    @Test
    void givenPlainRegistryThatForgetsAndSaysSo_whenItIsSilent_thenThePausesStayAsTheyAre() throws Exception {
        var unknown = new Fault.Answer(500, "service not found");
        var faults = IntStream.range(0, 20).mapToObj(i -> i % 2 == 0 ? unknown : PLAIN);
        enrol(Duration.ofMillis(5), PLAIN, faults.toArray(Fault[]::new));

        registrationKeeper.start();

        // ten times 50 ms; doubled each time it would be 51 s
        Eventually.holds("registered ten times again", LIMIT, () -> methods().size() >= 21);
    }

    @Test
    void givenPlainRegistryThatAsked_whenItIsSilentForTheLapse_thenItIsLeftBeforeRegisteringAgain() throws Exception {
        enrol(SHORT, PLAIN);
        registrationKeeper.start();
        registry.takeRequest(LIMIT);
        awaitRegistered();

        registrationKeeper.heartbeatReceived(false);

        var left = registry.takeRequest(LIMIT);
        assertThat(left.method()).isEqualTo("DELETE");
        assertThat(left.body()).isEqualTo("http://localhost:6000");
        assertThat(registry.takeRequest(LIMIT).method()).isEqualTo("POST");
    }

    @Test
    void givenPlainRegistryThatAnswersNoLeave_whenItIsBack_thenItIsStillLeftBeforeRegisteringAgain() throws Exception {
        enrol(SHORT, PLAIN, new Fault.Reset(), PLAIN);
        registrationKeeper.start();
        registry.takeRequest(LIMIT);
        awaitRegistered();

        registrationKeeper.heartbeatReceived(false);

        Eventually.holds("registered again", LIMIT, () -> methods().size() >= 4);
        assertThat(methods().subList(0, 4)).containsExactly("POST", "DELETE", "DELETE", "POST");
    }

    @Test
    void givenRegistrationWithoutAnswer_whenTriedAgain_thenItIsTakenBackFirst() throws Exception {
        enrol(NEVER, new Fault.Reset(), PLAIN);

        registrationKeeper.start();

        awaitRegistered();
        assertThat(methods()).containsExactly("POST", "DELETE", "POST");
    }

    @Test
    void givenRegistered_whenClosedTwice_thenDeregisteredOnce() throws Exception {
        enrol(NEVER, EXTENDED);
        registrationKeeper.start();
        awaitRegistered();

        registrationKeeper.close();
        registrationKeeper.close();

        assertThat(methods()).containsExactly("POST", "DELETE");
        assertThat(registry.requests().get(1).body()).isEqualTo("http://localhost:6000");
        assertThat(registry.requests().get(1).header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void givenNeverRegistered_whenClosed_thenNobodyIsAsked() throws Exception {
        enrol(NEVER, EXTENDED);

        registrationKeeper.close();

        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void givenRegistryAway_whenClosed_thenAtOnceAndNothingIsSaidOfLeaving() throws Exception {
        enrol(NEVER, new Fault.Refuse());
        registrationKeeper.start();
        Eventually.holds("it says that it is away", LIMIT, () -> !log.events().isEmpty());

        registrationKeeper.close();

        assertThat(log.events()).hasSize(1);
    }

    @Test
    void givenRegistrationUnderWay_whenClosed_thenItIsGivenUpAndTakenBack() throws Exception {
        enrol(NEVER, CALL_LIMIT_SHORT, new Fault.Stall(), PLAIN);
        registrationKeeper.start();
        registry.takeRequest(LIMIT);

        registrationKeeper.close();

        assertThat(methods()).containsExactly("POST", "DELETE");
    }

    @Test
    void givenRegistrationUnderWay_whenClosed_thenItsAnswerComesBeforeItIsTakenBack() throws Exception {
        enrol(NEVER, new Fault.Delay(Duration.ofMillis(400), EXTENDED), EXTENDED);
        registrationKeeper.start();
        registry.takeRequest(LIMIT);

        registrationKeeper.close();

        assertThat(methods()).containsExactly("POST", "DELETE");
        assertThat(log.events()).extracting(event -> event.getMessage()).containsExactly("registered", "deregistered");
    }

    @Test
    void givenRegistryThatStalls_whenClosed_thenTheCallsLimitHolds() throws Exception {
        enrol(NEVER, CALL_LIMIT_SHORT, EXTENDED, new Fault.Stall());
        registrationKeeper.start();
        awaitRegistered();
        var start = System.nanoTime();

        registrationKeeper.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(CALL_LIMIT_SHORT.minusMillis(100), LIMIT);
        assertThat(log.events()).extracting(event -> event.getMessage()).endsWith("not deregistered");
    }

    @Test
    void givenARoundThatRunsOutOfMemory_whenTheRegistryIsThere_thenRegisteredAllTheSame() throws Exception {
        registry = FaultyServer.playing(new Fault.Answer(503), EXTENDED);
        var rounds = new AtomicInteger();
        var random = new Random(7) {
            @Override
            public long nextLong(long bound) {
                if (rounds.incrementAndGet() <= 2) {
                    throw new OutOfMemoryError("as if");
                }
                return 1;
            }
        };
        var client = new RegistryClient(List.of(HttpUrl.of(registry.url())), CALL_LIMIT);
        registrationKeeper = new RegistrationKeeper(client, REGISTRATION, NEVER, random);
        assertThat(registrationKeeper.healthReasons()).containsExactly("not registered yet");

        registrationKeeper.start();

        awaitRegistered();
        assertThat(rounds).hasPositiveValue();
    }

    @Test
    void givenTwoRegistriesOfWhichTheFirstHangs_whenStartedAndClosed_thenTheSecondIsReachedInTime() throws Exception {
        registry = FaultyServer.playing(EXTENDED);
        try (var hanging = FaultyServer.playing(new Fault.Stall())) {
            var urls = List.of(HttpUrl.of(hanging.url()), HttpUrl.of(registry.url()));
            registrationKeeper = new RegistrationKeeper(
                    new RegistryClient(urls, Duration.ofSeconds(5)), REGISTRATION, NEVER, new Random(7));
            var start = System.nanoTime();

            registrationKeeper.start().get(30, TimeUnit.SECONDS);
            var registered = Duration.ofNanos(System.nanoTime() - start);
            registrationKeeper.close();

            assertThat(registered).isLessThan(Duration.ofMillis(4_900));
            assertThat(hanging.requests()).hasSize(1);
            assertThat(methods()).containsExactly("POST", "DELETE");
        }
    }

    private void enrol(Duration interval, Fault first, Fault... more) throws IOException {
        enrol(interval, CALL_LIMIT, first, more);
    }

    private void enrol(Duration interval, Duration callLimit, Fault first, Fault... more) throws IOException {
        registry = FaultyServer.playing(first, more);
        var client = new RegistryClient(List.of(HttpUrl.of(registry.url())), callLimit);
        registrationKeeper = new RegistrationKeeper(client, REGISTRATION, interval, new Random(7));
    }

    private void awaitRegistered() throws InterruptedException {
        Eventually.holds(
                "registered", LIMIT, () -> registrationKeeper.healthReasons().isEmpty());
        Eventually.holds(
                "said so",
                LIMIT,
                () -> log.events().stream().anyMatch(event -> event.getMessage().equals("registered")));
    }

    private List<String> methods() {
        return registry.requests().stream().map(ReceivedRequest::method).toList();
    }
}
