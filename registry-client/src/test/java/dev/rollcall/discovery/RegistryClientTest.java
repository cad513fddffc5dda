package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.Fault;
import dev.rollcall.testkit.FaultyServer;
import dev.rollcall.testkit.ProtocolExamples;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryClientTest {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<FaultyServer> servers = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }

    @Test
    void givenTheProtocolsRegistration_whenRegistered_thenItsVeryBytesAreSent() throws Exception {
        var example = ProtocolExamples.read().body("### Register");
        var server = server(new Fault.Answer(200));

        var extended = client(server).register(Json.read(example, Registration.class));

        assertThat(extended).isFalse();
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/services");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo(example);
        });
    }

    @Test
    void givenExtendedRegistry_whenRegistered_thenItsEpochTellsSo() throws Exception {
        var server = server(new Fault.Answer(200).with("Registry-Epoch", "e").with("Registry-Revision", "7"));

        assertThat(client(server).register(registration())).isTrue();
    }

    @Test
    void givenInstance_whenDeregistered_thenItsUrlIsTheWholeBody() throws Exception {
        var server = server(new Fault.Answer(200));

        client(server).deregister(HttpUrl.of("http://localhost:6000/"));

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("DELETE");
            assertThat(request.target()).isEqualTo("/services");
            assertThat(request.header("Content-Type")).isEqualTo("text/plain");
            assertThat(request.body()).isEqualTo("http://localhost:6000");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500})
    void givenRegistryThatAnswers_whenDeregistered_thenDoneWhateverItAnswers(int status) throws Exception {
        var server = server(new Fault.Answer(status, "a body where none belongs"));

        var wasKnown = client(server).deregister(HttpUrl.of("http://localhost:6000"));

        assertThat(server.requests()).hasSize(1);
        assertThat(wasKnown).isEqualTo(status == 200);
    }

    @Test
    void givenRegistryThatIsStopping_whenDeregistered_thenRefusedWithWhatTheRegistrySays() throws Exception {
        var server = server(new Fault.Answer(503, "stopping"));

        assertThatThrownBy(() -> client(server).deregister(HttpUrl.of("http://localhost:6000")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("answers 503: stopping");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 404, 500, 503})
    void givenAnythingButOk_whenRegistered_thenRefusedWithWhatTheRegistrySays(int status) throws Exception {
        var server = server(new Fault.Answer(status, status == 204 ? "" : "because"));

        assertThatThrownBy(() -> client(server).register(registration()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("answers " + status + (status == 204 ? "" : ": because"));
    }

    @Test
    void givenLongRefusal_whenRegistered_thenItIsCutShort() throws Exception {
        var server = server(new Fault.Answer(400, "x".repeat(10_000)));

        assertThatThrownBy(() -> client(server).register(registration()))
                .message()
                .hasSizeLessThan(500)
                .endsWith("x…");
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault.Refuse(),
                new Fault.Stall(),
                new Fault.Reset(),
                new Fault.Truncate(new Fault.Answer(200, "half")),
                new Fault.Answer(500),
                new Fault.Answer(503));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void givenFirstAddressAtFault_whenRegistered_thenTheSecondIsAskedAndAskedFirstFromThenOn(Fault fault)
            throws Exception {
        var faulty = server(fault);
        var good = server(new Fault.Answer(200));
        var client = client(faulty, good);

        client.register(registration());
        client.register(registration());

        assertThat(good.requests()).hasSize(2);
        assertThat(faulty.requests()).hasSize(fault instanceof Fault.Refuse ? 0 : 1);
    }

    /** Each address gets its share of the limit, so that one that hangs leaves time for the next. */
    @Test
    void givenTwoAddresses_whenTheOneThatAnsweredLastHangs_thenTheOtherIsReachedWithinHalfTheLimit() throws Exception {
        var first = server(new Fault.Answer(200), new Fault.Stall());
        var second = server(new Fault.Answer(200));
        var client = new RegistryClient(urls(first, second), Duration.ofSeconds(4));
        client.register(registration());
        var start = System.nanoTime();

        var wasKnown = client.deregister(HttpUrl.of("http://localhost:6000"));

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_900));
        assertThat(wasKnown).isTrue();
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void givenRegistryThatMoved_whenTheSecondGoes_thenTheFirstIsAskedAgain() throws Exception {
        var first = server(new Fault.Refuse(), new Fault.Answer(200));
        var second = server(new Fault.Answer(200), new Fault.Refuse());
        var client = client(first, second);
        client.register(registration());
        first.listenAgain();

        client.register(registration());

        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void givenNoAddressThatAnswers_whenRegistered_thenFailed() throws Exception {
        var client = client(server(new Fault.Refuse()), server(new Fault.Reset()), server(new Fault.Refuse()));

        assertThatThrownBy(() -> client.register(registration())).isInstanceOf(CallFailedException.class);
    }

    @Test
    void givenOneRefusesAndOneIsAway_whenRegistered_thenTheRefusalIsTold() throws Exception {
        var client = client(server(new Fault.Answer(503, "stopping")), server(new Fault.Refuse()));

        assertThatThrownBy(() -> client.register(registration())).hasMessageContaining("503: stopping");
    }

    @Test
    void givenInterruption_whenRegistering_thenNoOtherAddressIsAsked() throws Exception {
        var stalling = server(new Fault.Stall());
        var other = server(new Fault.Answer(200));
        var client = new RegistryClient(urls(stalling, other), Duration.ofSeconds(30));
        var thread = new Thread(() -> assertThatThrownBy(() -> client.register(registration())));
        thread.start();
        stalling.takeRequest(LIMIT);

        thread.interrupt();
        thread.join(30_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void givenNoAddress_whenMade_thenRefused() {
        assertThatThrownBy(() -> new RegistryClient(List.of(), LIMIT)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Registration registration() {
        return Registration.of(ServiceName.GRADING, HttpUrl.of("http://localhost:6000"));
    }

    private FaultyServer server(Fault first, Fault... more) throws IOException {
        var server = FaultyServer.playing(first, more);
        servers.add(server);
        return server;
    }

    private static RegistryClient client(FaultyServer... servers) {
        return new RegistryClient(urls(servers), CALL_LIMIT);
    }

    private static List<HttpUrl> urls(FaultyServer... servers) {
        return Stream.of(servers).map(server -> HttpUrl.of(server.url())).toList();
    }
}
