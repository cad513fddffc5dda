package dev.rollcall.registry.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.outgoing.Outgoing.Payload;
import dev.rollcall.registry.outgoing.Outgoing.Request;
import dev.rollcall.registry.outgoing.Outgoing.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectorOutgoingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final BlockingQueue<String> closedByPeer = new LinkedBlockingQueue<>();
    private SelectorOutgoing outgoing;

    @BeforeEach
    void start() throws IOException {
        outgoing = new SelectorOutgoing(closedByPeer::add);
        outgoing.start();
    }

    @AfterEach
    void stop() {
        outgoing.close();
    }

    @Test
    void givenAConsumerThatFailsWithAnError_whenMoreIsSent_thenThatSucceeds() throws Exception {
        try (var server = HttpHost.onFreePort(Routes.NONE.get("/heartbeat", request -> Response.empty(200)))) {
            var request = new Request("GET", at(server, "/heartbeat"), Payload.of(Map.of()));
            outgoing.send(request, LIMIT, result -> {
                throw new StackOverflowError("thrown by the test");
            });

            var result = send(request, LIMIT).get(60, TimeUnit.SECONDS);

            assertThat(result).isEqualTo(new Result.Responded(200, Optional.empty(), Optional.empty(), false));
        }
    }

    @Test
    void givenAServer_whenItIsPostedTo_thenItGetsHeadersAndBodyAndItsResponseArrives() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        var routes = Routes.NONE.post("/services", request -> {
            seen.add(request.header("Registry-Epoch").orElse("") + " " + request.text());
            return Response.empty(409).with("Registry-Instance", "i").with("Registry-View", "e:1");
        });
        try (var server = HttpHost.onFreePort(routes)) {
            var payload = Payload.of(Map.of("Registry-Epoch", "e"), "{\"Added\":[]}".getBytes(StandardCharsets.UTF_8));
            var request = new Request("POST", at(server, "/services"), payload);

            var result = send(request, LIMIT).get();

            assertThat(result).isEqualTo(new Result.Responded(409, Optional.of("i"), Optional.of("e:1"), false));
            assertThat(seen.take()).isEqualTo("e {\"Added\":[]}");
        }
    }

    @Test
    void givenAServer_whenAHundredRequestsAreSentAtOnce_thenAllSucceed() throws Exception {
        var routes = Routes.NONE.get("/heartbeat", request -> Response.empty(200));
        try (var server = HttpHost.onFreePort(routes)) {
            var outcomes = new ArrayList<CompletableFuture<Result>>();

            for (var i = 0; i < 100; i++) {
                outcomes.add(send(get(at(server, "/heartbeat")), LIMIT));
            }

            for (var outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(Result.Responded.class);
            }
        }
    }

    @Test
    void givenARequestOfMegabytes_whenItIsSent_thenAllOfItArrives() throws Exception {
        var routes = Routes.NONE.post("/services", request -> Response.empty(200 + request.body().length / 500_000));
        try (var server = HttpHost.onFreePort(routes)) {
            var request = new Request("POST", at(server, "/services"), Payload.of(Map.of(), new byte[1_000_000]));

            var result = send(request, LIMIT).get();

            assertThat(result).isEqualTo(new Result.Responded(202, Optional.empty(), Optional.empty(), false));
        }
    }

    @Test
    void givenNoListener_whenARequestIsSent_thenItIsRefused() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        var result = send(get(URI.create("http://localhost:" + port + "/heartbeat")), LIMIT)
                .get();

        assertThat(result).isInstanceOf(Result.Refused.class);
    }

    @Test
    void givenAnUnknownHost_whenARequestIsSent_thenThatIsNoRefusal() throws Exception {
        var result = send(get(URI.create("http://no-such-host.invalid:1/heartbeat")), Duration.ofSeconds(5))
                .get();

        assertThat(result).isInstanceOfAny(Result.Unreachable.class, Result.TimedOut.class);
    }

    @Test
    void givenAServerThatNeverResponds_whenTheTimeIsUp_thenItTimesOutAndTheNextIsNotDelayed() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var uri = URI.create("http://localhost:" + silent.getLocalPort() + "/heartbeat");

            var first = send(get(uri), Duration.ofMillis(50));
            var second = send(get(uri), Duration.ofMillis(100));

            assertThat(first.get()).isEqualTo(new Result.TimedOut());
            assertThat(second.get()).isEqualTo(new Result.TimedOut());
        }
    }

    @Test
    void givenMoreRequestsThanConnections_whenNoneGetsAResponse_thenAllEndInTime() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var uri = URI.create("http://localhost:" + silent.getLocalPort() + "/heartbeat");
            var outcomes = new ArrayList<CompletableFuture<Result>>();

            for (var i = 0; i < 20; i++) {
                outcomes.add(send(get(uri), Duration.ofMillis(100)));
            }

            for (var outcome : outcomes) {
                assertThat(outcome.get()).isEqualTo(new Result.TimedOut());
            }
        }
    }

    @Test
    void givenAKeptConnection_whenTheOtherSideClosesIt_thenThatIsReportedAtOnce() throws Exception {
        var server = HttpHost.onFreePort(Routes.NONE.get("/heartbeat", request -> Response.empty(200)));
        var uri = at(server, "/heartbeat");
        send(get(uri), LIMIT).get();

        server.close();

        assertThat(closedByPeer.poll(30, TimeUnit.SECONDS)).isEqualTo(OutgoingOrigin.nameOf(uri));
    }

    @Test
    void givenAServerThatHangsUp_whenARequestIsSent_thenTheResultIsBroken() throws Exception {
        try (var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(URI.create("http://localhost:" + rude.getLocalPort() + "/")), LIMIT);

            try (var accepted = rude.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo('G');
            }

            assertThat(outcome.get()).isInstanceOf(Result.Broken.class);
        }
    }

    @Test
    void givenAServerOfAnotherProtocol_whenARequestIsSent_thenThatIsReported() throws Exception {
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(URI.create("http://localhost:" + other.getLocalPort() + "/")), LIMIT);

            try (var accepted = other.accept()) {
                accepted.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(outcome.get()).isEqualTo(new Result.Broken("it doesn't speak HTTP/1.1"));
            }
        }
    }

    private CompletableFuture<Result> send(Request request, Duration limit) {
        var outcome = new CompletableFuture<Result>();
        outgoing.send(request, limit, outcome::complete);
        return outcome.orTimeout(60, TimeUnit.SECONDS);
    }

    private static Request get(URI uri) {
        return new Request("GET", uri, Payload.of(Map.of()));
    }

    private static URI at(HttpHost server, String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
