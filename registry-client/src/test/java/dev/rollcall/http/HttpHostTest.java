package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.testkit.RawConnection;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpHostTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Routes routes = Routes.NONE
            .get("/quick", request -> Response.text(200, "text/plain", "quick"))
            .post("/quick", request -> Response.text(200, "text/plain", "quick"))
            .get("/slow", request -> {
                arrived.release();
                awaitGoOn();
                return Response.text(200, "text/plain", "done");
            });
    private HttpHost host;

    @AfterEach
    void stop() {
        goOn.countDown();
        host.close();
    }

    @Test
    void givenKeptConnection_whenManyAnswersWithBodyInSequence_thenNoneWaitsForADelayedAck() throws Exception {
        var requests = 50;
        var took = new ArrayList<Duration>();
        host = HttpHost.onFreePort(routes);
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            for (var i = 0; i < requests; i++) {
                var start = System.nanoTime();
                connection.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(connection.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(connection.read(5)).isEqualTo("quick");
                took.add(Duration.ofNanos(System.nanoTime() - start));
            }

            // with Nagle's algorithm each takes 40 ms and more (sun.net.httpserver.nodelay); the quicker half doesn't
            // depend on what else the machine does
            took.sort(null);
            assertThat(took.get(requests / 2)).isLessThan(Duration.ofMillis(30));
        }
    }

    @Test
    void givenRequestInFlight_whenDrained_thenItIsAnsweredAndNewOnesAreRefused() throws Exception {
        host = HttpHost.onFreePort(routes);
        var client = new LoopbackClient(host.port());
        var slow = client.sendAsync(client.request("/slow"));
        awaitArrivals(1);

        var drained = CompletableFuture.supplyAsync(() -> host.drain(LIMIT));
        Eventually.holds(
                "new requests are refused", LIMIT, () -> client.get("/quick").statusCode() == 503);
        var refused = client.get("/quick");
        goOn.countDown();

        assertThat(slow.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
        assertThat(drained.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.headers().firstValue("Connection")).contains("close");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void givenLargePost_whenRefusedWhileDraining_thenTheRefusalIsNotResetOnItsWay() throws Exception {
        host = HttpHost.onFreePort(routes);
        var client = new LoopbackClient(host.port());
        host.drain(LIMIT);

        for (var i = 0; i < 20; i++) {
            var refused = client.send(client.request("/quick").POST(BodyPublishers.ofByteArray(new byte[800_000])));

            assertThat(refused.statusCode()).isEqualTo(503);
        }
    }

    @Test
    void givenRefusal_whenDraining_thenTheConnectionIsClosed() throws Exception {
        host = HttpHost.onFreePort(routes);
        host.drain(LIMIT);
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");

            var all = connection.readToEnd();

            assertThat(all).startsWith("HTTP/1.1 503 ").endsWith("}");
        }
    }

    @Test
    void givenRequestThatDoesNotEnd_whenDrained_thenFalseAtTheLimit() throws Exception {
        host = HttpHost.onFreePort(routes);
        var client = new LoopbackClient(host.port());
        var slow = client.sendAsync(client.request("/slow"));
        awaitArrivals(1);
        var start = System.nanoTime();

        var drained = host.drain(Duration.ofMillis(100));

        assertThat(drained).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        goOn.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
    }

    @Test
    void givenDrain_whenHurried_thenItEndsAtOnceAndSoDoesEachLaterOne() throws Exception {
        host = HttpHost.onFreePort(routes);
        var client = new LoopbackClient(host.port());
        var slow = client.sendAsync(client.request("/slow"));
        awaitArrivals(1);
        var drained = CompletableFuture.supplyAsync(() -> host.drain(Duration.ofMinutes(1)));
        Eventually.holds(
                "new requests are refused", LIMIT, () -> client.get("/quick").statusCode() == 503);

        host.skipWaiting();

        assertThat(drained.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(host.drain(Duration.ofMinutes(1))).isFalse();
        assertThat(slow).isNotDone();
    }

    @Test
    void givenNothingInFlight_whenDrained_thenAtOnce() throws Exception {
        host = HttpHost.onFreePort(routes);
        new LoopbackClient(host.port()).get("/quick");

        assertThat(host.drain(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void givenParkedAnswer_whenDrained_thenItIsWaitedFor() throws Exception {
        var later = new CompletableFuture<Response>();
        host = HttpHost.onFreePort(Routes.NONE.get("/later", request -> {
            arrived.release();
            return Response.later(later);
        }));
        var client = new LoopbackClient(host.port());
        var waiting = client.sendAsync(client.request("/later"));
        awaitArrivals(1);

        assertThat(host.drain(Duration.ofMillis(50))).isFalse();
        later.complete(Response.text(200, "text/plain", "done"));

        assertThat(host.drain(LIMIT)).isTrue();
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
    }

    @Test
    void givenServer_whenClosedTwice_thenItsPortIsFree() throws Exception {
        host = HttpHost.onFreePort(routes);
        new LoopbackClient(host.port()).get("/quick");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());

        host.close();
        host.close();

        try (var next = HttpHost.bind(address, ServerLimits.DEFAULT)) {
            assertThat(next.port()).isEqualTo(address.getPort());
        }
    }

    @Test
    void givenServerThatNeverStarted_whenClosedTwice_thenItsPortIsFree() throws Exception {
        host = HttpHost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerLimits.DEFAULT);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());

        host.close();
        host.close();

        try (var next = HttpHost.bind(address, ServerLimits.DEFAULT)) {
            assertThat(next.port()).isEqualTo(address.getPort());
        }
    }

    @Test
    void givenRequestInFlight_whenClosed_thenNobodyWaits() throws Exception {
        host = HttpHost.onFreePort(routes);
        var client = new LoopbackClient(host.port());
        var slow = client.sendAsync(client.request("/slow"));
        awaitArrivals(1);
        var start = System.nanoTime();

        host.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThatThrownBy(() -> slow.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void givenOccupiedPort_whenBound_thenBindException() throws Exception {
        host = HttpHost.onFreePort(routes);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());

        assertThatThrownBy(() -> HttpHost.bind(address, ServerLimits.DEFAULT)).isInstanceOf(BindException.class);
    }

    @Test
    void givenConnectionsBeforeStart_whenStarted_thenTheyAreAnswered() throws Exception {
        host = HttpHost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerLimits.DEFAULT);
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");

            host.start(routes);

            assertThat(connection.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void givenMoreRequestsThanTheLimit_whenSent_then503AndTheServerRecovers() throws Exception {
        host = HttpHost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new ServerLimits(1_000, 2, 3));
        host.start(routes);
        var client = new LoopbackClient(host.port());
        var slow = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var i = 0; i < 3; i++) {
            slow.add(client.sendAsync(client.request("/slow")));
        }
        Eventually.holds("three are in flight", LIMIT, () -> host.stats().inFlight() == 3);

        var refused = new ArrayList<HttpResponse<String>>();
        for (var i = 0; i < 10; i++) {
            refused.add(client.get("/quick"));
        }
        goOn.countDown();

        assertThat(refused).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.headers().firstValue("Connection")).contains("close");
        });
        for (var answer : slow) {
            assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
        }
        Eventually.holds("nothing is in flight", LIMIT, () -> host.stats().inFlight() == 0);
        assertThat(client.get("/quick").statusCode()).isEqualTo(200);
    }

    @Test
    void givenClientsThatSendHalfARequest_whenOthersAsk_thenTheyAreAnswered() throws Exception {
        host = HttpHost.onFreePort(routes);
        var halves = List.of(
                "G",
                "GET /quick HT",
                "GET /quick HTTP/1.1\r\nHost: x\r\n",
                "POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
        var stuck = new ArrayList<RawConnection>();
        for (var half : halves) {
            stuck.add(RawConnection.to(host.port(), LIMIT).send(half));
        }

        var response = new LoopbackClient(host.port()).get("/quick");

        assertThat(response.statusCode()).isEqualTo(200);
        stuck.get(1).send("TP/1.1\r\nHost: x\r\n\r\n");
        assertThat(stuck.get(1).readHead()).startsWith("HTTP/1.1 200 ");
        for (var connection : stuck) {
            connection.close();
        }
    }

    @Test
    void givenMoreHalfRequestsThanThreads_whenOthersAsk_thenTheyAreAnsweredLongBeforeTheRequestLimit()
            throws Exception {
        var threads = 4;
        host = HttpHost.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new ServerLimits(1_000, threads, 1_000));
        host.start(routes);
        var stuck = new ArrayList<RawConnection>();
        for (var i = 0; i < 3 * threads; i++) {
            stuck.add(RawConnection.to(host.port(), LIMIT)
                    .send(
                            i % 2 == 0
                                    ? "GET /quick HT"
                                    : "POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"));
        }

        var response = new LoopbackClient(host.port()).get("/quick");

        assertThat(response.statusCode()).isEqualTo(200);
        for (var connection : stuck) {
            connection.close();
        }
    }

    @Test
    void givenTwoRequestsAtOnceOnOneConnection_whenAnswered_thenInOrder() throws Exception {
        host = HttpHost.onFreePort(routes);
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");

            var first = connection.readHead() + connection.read(5);
            var second = connection.readHead();

            assertThat(first).startsWith("HTTP/1.1 200 ").endsWith("quick");
            assertThat(second).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void givenRequestThatIsNoHttp_whenSent_thenRefusedAndTheServerGoesOn() throws Exception {
        host = HttpHost.onFreePort(routes);
        for (var nonsense :
                List.of("nonsense\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0000\r\n")) {
            try (var connection = RawConnection.to(host.port(), LIMIT)) {
                connection.send(nonsense).endOfSending();

                assertThat(connection.readToEnd()).doesNotStartWith("HTTP/1.1 2");
            }
        }

        assertThat(new LoopbackClient(host.port()).get("/quick").statusCode()).isEqualTo(200);
    }

    private void awaitArrivals(int count) throws InterruptedException {
        assertThat(arrived.tryAcquire(count, 30, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitGoOn() {
        try {
            if (!goOn.await(2, TimeUnit.MINUTES)) {
                throw new AssertionError("never told to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
