package dev.rollcall.discovery;

import static dev.rollcall.discovery.ScriptedServer.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PooledGetsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final ClientRequest GET = ClientRequest.get("/a");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final PooledGets gets = new PooledGets(new HostAddresses(), Duration.ofSeconds(5), 1_000);

    @Test
    void givenTwoCalls_whenAnswered_thenTheSecondGoesOverTheSameConnection() throws Exception {
        try (var server = new ScriptedServer(List.of(OK, OK))) {
            assertThat(gets.send(server.uri("/a?b=c"), GET, LIMIT).text()).isEqualTo("ok");
            assertThat(gets.send(server.uri(""), GET, LIMIT).text()).isEqualTo("ok");

            assertThat(server.requests()).containsExactly("0 GET /a?b=c HTTP/1.1", "0 GET / HTTP/1.1");
        }
    }

    @Test
    void givenAConnectionClosedByThePeer_whenCalledAgain_thenANewOneIsMade() throws Exception {
        try (var server = new ScriptedServer(List.of(OK), List.of(OK))) {
            gets.send(server.uri("/a"), GET, LIMIT);
            server.awaitEnd();

            assertThat(gets.send(server.uri("/a"), GET, LIMIT).text()).isEqualTo("ok");

            assertThat(server.requests()).containsExactly("0 GET /a HTTP/1.1", "1 GET /a HTTP/1.1");
        }
    }

    @Test
    void givenAPeerThatClosesInsteadOfAnswering_whenTheConnectionWasKept_thenItIsAskedOnceMore() throws Exception {
        // reads the request and closes the connection, as if the request had come just too late
        try (var server = new ScriptedServer(List.of(OK, ""), List.of(OK))) {
            gets.send(server.uri("/a"), GET, LIMIT);

            assertThat(gets.send(server.uri("/a"), GET, LIMIT).text()).isEqualTo("ok");

            assertThat(server.requests()).hasSize(3).last().isEqualTo("1 GET /a HTTP/1.1");
        }
    }

    @Test
    void givenAPeerThatAlwaysClosesInsteadOfAnswering_whenCalled_thenItFailsAfterOneTry() throws Exception {
        try (var server = new ScriptedServer(List.of(""))) {
            var failure = failure(server.uri("/a"), LIMIT);

            assertThat(failure.isSurelyNotDone()).isFalse();
            assertThat(failure).hasMessageContaining("GET /a").hasMessageContaining("closed before the answer");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void givenHalfAnAnswerOnAKeptConnection_whenCalled_thenItFails() throws Exception {
        try (var server = new ScriptedServer(List.of(OK, OK.substring(0, OK.length() - 1)), List.of(OK))) {
            gets.send(server.uri("/a"), GET, LIMIT);

            var failure = failure(server.uri("/a"), LIMIT);

            assertThat(failure.isSurelyNotDone()).isFalse();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void givenAnAnswerThatNobodyAskedFor_whenCalledAgain_thenItIsNotTakenForTheAnswer() throws Exception {
        try (var server = new ScriptedServer(List.of(OK + OK.replace("ok", "no"), SILENCE), List.of(OK))) {
            gets.send(server.uri("/a"), GET, LIMIT);

            assertThat(gets.send(server.uri("/b"), GET, LIMIT).text()).isEqualTo("ok");

            assertThat(server.requests()).contains("1 GET /b HTTP/1.1").doesNotContain("0 GET /b HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void givenAPeerThatStalls_whenTheTimeIsUp_thenItFails(boolean isKept) throws Exception {
        try (var server = new ScriptedServer(isKept ? List.of(OK, SILENCE) : List.of(SILENCE))) {
            if (isKept) {
                gets.send(server.uri("/a"), GET, LIMIT);
            }

            var failure = failure(server.uri("/a"), SHORT);

            assertThat(failure.isSurelyNotDone()).isFalse();
            assertThat(failure).hasMessageContaining("no answer within");
            assertThat(server.requests()).hasSize(isKept ? 2 : 1);
        }
    }

    @Test
    void givenAnAnswerThatDripsIn_whenTheTimeIsUp_thenItFailsThoughEachByteCameInTime() throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var dripping = CompletableFuture.runAsync(() -> drip(listener));

            var failure = failure(URI.create("http://127.0.0.1:" + listener.getLocalPort()), SHORT);

            assertThat(failure).hasMessageContaining("no answer within");
            // notices that nothing reads any more
            dripping.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenNobodyListens_whenCalled_thenItSurelyWasNotDone() throws Exception {
        URI unused;
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            unused = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/a");
        }

        var failure = failure(unused, LIMIT);

        assertThat(failure.isSurelyNotDone()).isTrue();
        assertThat(failure).hasMessageContaining("no connection");
    }

    @Test
    void givenAPeerThatEndsInsteadOfAnswering_whenTheConnectionWasKept_thenItMayHaveBeenDone() throws Exception {
        var server = new ScriptedServer(List.of(OK, ScriptedServer.END));
        try (server) {
            gets.send(server.uri("/a"), GET, LIMIT);

            var failure = failure(server.uri("/a"), LIMIT);

            assertThat(failure.isSurelyNotDone()).isFalse();
            assertThat(failure).hasMessageContaining("no connection");
        }
    }

    @Test
    void givenACallThatWaits_whenItsThreadIsInterrupted_thenItEnds() throws Exception {
        try (var server = new ScriptedServer(List.of(SILENCE))) {
            var failed = new CompletableFuture<Boolean>();
            var thread = new Thread(() -> {
                var failure = failure(server.uri("/a"), LIMIT);
                failed.complete(failure.getMessage().contains("interrupted")
                        && Thread.currentThread().isInterrupted());
            });
            thread.start();
            Eventually.holds("a request", LIMIT, () -> !server.requests().isEmpty());

            thread.interrupt();

            assertThat(failed.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givenAnAnswerBeyondTheLimit_whenCalled_thenItFails() throws Exception {
        try (var server =
                new ScriptedServer(List.of("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + "x".repeat(1_001)))) {
            assertThat(failure(server.uri("/a"), LIMIT)).hasMessageContaining("larger than 1000 bytes");
        }
    }

    @Test
    void givenManyAtOnce_whenCalled_thenEachGetsItsOwnAnswer() throws Exception {
        var host = HttpHost.onFreePort(
                Routes.NONE.get("/{n}", request -> Response.text(200, "text/plain", request.pathValue("n"))));
        try (host) {
            var answers = IntStream.range(0, 16)
                    .mapToObj(thread -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 200)
                            .filter(i -> !answer(host.port(), thread + "x" + i).equals(thread + "x" + i))
                            .count()))
                    .toList();

            for (var wrong : answers) {
                assertThat(wrong.get(60, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/a, true",
        "HTTP://localhost/a, true",
        "https://localhost/a, false",
    })
    void givenACall_whenItIsNoPlainGet_thenItGoesAnotherWay(URI to, boolean isOne) {
        assertThat(PooledGets.accepts(to, GET)).isEqualTo(isOne);
        assertThat(PooledGets.accepts(to, ClientRequest.post("/a", "text/plain", new byte[0])))
                .isFalse();
        assertThat(PooledGets.accepts(to, GET.with("X", "y".repeat(9_000)))).isFalse();
    }

    private String answer(int port, String path) {
        try {
            return gets.send(URI.create("http://127.0.0.1:" + port + "/" + path), GET, LIMIT)
                    .text();
        } catch (CallFailedException e) {
            return e.toString();
        }
    }

    private CallFailedException failure(URI to, Duration limit) {
        return catchThrowableOfType(CallFailedException.class, () -> gets.send(to, GET, limit));
    }

    /** Sends a head one byte at a time, with pauses shorter than any limit, until the client disconnects. */
    private static void drip(ServerSocket listener) {
        try (var connection = listener.accept()) {
            connection.setSoTimeout(20);
            while (true) {
                connection.getOutputStream().write('H');
                try {
                    while (connection.getInputStream().read() >= 0) {
                        // the request
                    }
                    return;
                } catch (SocketTimeoutException e) {
                    // no more input for now: sends the next byte
                }
            }
        } catch (IOException e) {
            // a reset is an end too
        }
    }
}
