package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.registry.outgoing.Outgoing.Payload;
import dev.rollcall.registry.outgoing.Outgoing.Request;
import dev.rollcall.registry.outgoing.Outgoing.Result;
import dev.rollcall.registry.outgoing.SelectorOutgoing;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HangingNamesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void givenNamesThatNeverResolve_whenOtherHostsAreProbed_thenTheyRespond(int count) throws Exception {
        var end = new CountDownLatch(1);
        var routes = Routes.NONE.get("/heartbeat", request -> Response.empty(200));
        try (var server = HttpHost.onFreePort(routes);
                var outgoing = new SelectorOutgoing(
                        origin -> {},
                        new HostAddresses(
                                host -> host.startsWith("hangs") ? hang(end) : loopback(), System::nanoTime))) {
            outgoing.start();
            for (var i = 0; i < count; i++) {
                send(outgoing, "http://hangs-" + i + ":1/heartbeat", Duration.ofMinutes(1));
            }

            var local = send(outgoing, "http://localhost:" + server.port() + "/heartbeat", LIMIT);
            var named = send(outgoing, "http://honest.example:" + server.port() + "/heartbeat", LIMIT);

            assertThat(local.get(20, TimeUnit.SECONDS)).isInstanceOf(Result.Responded.class);
            assertThat(named.get(20, TimeUnit.SECONDS)).isInstanceOf(Result.Responded.class);
        } finally {
            end.countDown();
        }
    }

    private static InetAddress[] hang(CountDownLatch end) throws UnknownHostException {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException();
    }

    private static InetAddress[] loopback() {
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static CompletableFuture<Result> send(SelectorOutgoing outgoing, String to, Duration limit) {
        var outcome = new CompletableFuture<Result>();
        outgoing.send(new Request("GET", URI.create(to), Payload.of(Map.of())), limit, outcome::complete);
        return outcome;
    }
}
