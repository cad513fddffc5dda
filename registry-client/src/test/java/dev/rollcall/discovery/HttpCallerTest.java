package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.wire.HttpUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpCaller caller = new HttpCaller(new HostAddresses(
            host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})}, System::nanoTime));

    @Test
    void givenAHostNameWithAnUnderscore_whenCalled_thenByEachMethod() throws Exception {
        var routes = Routes.NONE
                .get(
                        "/a",
                        request -> Response.text(
                                200,
                                "text/plain",
                                "got at " + request.header("Host").orElse("")))
                .post("/a", request -> Response.text(200, "text/plain", "posted " + request.text()));
        try (var host = HttpHost.onFreePort(routes)) {
            var url = HttpUrl.of("http://log_service:" + host.port());

            assertThat(caller.send(url, ClientRequest.get("/a"), LIMIT).text())
                    .isEqualTo("got at log_service:" + host.port());
            assertThat(caller.send(url, post("x"), LIMIT).text()).isEqualTo("posted x");
        }
    }

    @Test
    void givenAHostThatIsNotFound_whenCalled_thenItSurelyWasNotDone() {
        var lost = new HttpCaller(new HostAddresses(
                host -> {
                    throw new UnknownHostException(host);
                },
                System::nanoTime));
        var url = HttpUrl.of("http://log_service:1");

        for (var clientRequest : new ClientRequest[] {ClientRequest.get("/a"), post("x")}) {
            var failure = catchThrowableOfType(CallFailedException.class, () -> lost.send(url, clientRequest, LIMIT));

            assertThat(failure.isSurelyNotDone()).isTrue();
            assertThat(failure).hasMessageContaining("no connection");
        }
    }

    @Test
    void givenANameThatHangs_whenCalled_thenItFailsInTime() {
        var end = new CountDownLatch(1);
        var hanging = new HttpCaller(new HostAddresses(
                host -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                },
                System::nanoTime));
        try {
            var failure = catchThrowableOfType(
                    CallFailedException.class, () -> hanging.send(HttpUrl.of("http://log"), post("x"), LIMIT));

            assertThat(failure.isSurelyNotDone()).isTrue();
            assertThat(failure).hasMessageContaining("in time");
        } finally {
            end.countDown();
        }
    }

    @Test
    void givenAHeaderThatDependsOnTheAddress_whenCalled_thenOnlyThatOneGetsIt() throws Exception {
        var routes = Routes.NONE.get(
                "/a",
                request -> Response.text(200, "text/plain", request.header("X").orElse("none")));
        try (var one = HttpHost.onFreePort(routes);
                var other = HttpHost.onFreePort(routes)) {
            var url = HttpUrl.of("http://localhost:" + one.port());
            var clientRequest = ClientRequest.get("/a")
                    .withAt("X", at -> at.equals(url.resolve("/a")) ? Optional.of("tag") : Optional.empty());

            assertThat(caller.send(url, clientRequest, LIMIT).text()).isEqualTo("tag");
            assertThat(caller.send(HttpUrl.of("http://localhost:" + other.port()), clientRequest, LIMIT)
                            .text())
                    .isEqualTo("none");
        }
    }

    private static ClientRequest post(String body) {
        return ClientRequest.post("/a", "text/plain", body.getBytes(StandardCharsets.UTF_8));
    }
}
