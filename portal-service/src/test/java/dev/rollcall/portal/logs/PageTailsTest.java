package dev.rollcall.portal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.LiveStream;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PageTailsTest {
    private static final long LIMIT_SECONDS = 30;
    private static final byte[] LINE =
            "id: 12-7\ndata: {\"time\":\"2026-11-22T09:15:30Z\"}\n\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void givenStreamOutOfMemory_whenFollowedAgain_thenItIsClosed() throws Exception {
        var stream = new FailingStream();
        try (var pageTails = new PageTails(new Providers())) {
            pageTails.add(stream, LogSearch.latest("", 10), "");

            assertThat(stream.closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givenSilentLogService_whenLimitPasses_thenFollowResumesAfterLastRecord() throws Exception {
        var askedFrom = new LinkedBlockingQueue<String>();
        var providers = new Providers();
        try (var log = HttpHost.onFreePort(Routes.NONE.get("/log", request -> {
                    askedFrom.add(request.header("Last-Event-ID").orElse("the end"));
                    return Response.live("text/event-stream", 1 << 16, stream -> stream.offer(LINE));
                }));
                var pageTails = new PageTails(providers, Duration.ofMillis(200));
                var portal = HttpHost.onFreePort(Routes.NONE.get(
                        "/live",
                        request -> Response.live(
                                "text/event-stream",
                                1 << 16,
                                stream -> pageTails.add(stream, LogSearch.latest("", 10), ""))))) {
            var provider = Provider.of(ServiceName.LOG, HttpUrl.of("http://127.0.0.1:" + log.port()));
            providers.apply(ReceivedPatch.plain(new Patch(List.of(provider), List.of())));

            var page = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.port() + "/live"))
                                    .build(),
                            BodyHandlers.discarding());
            assertThat(askedFrom.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("the end");
            var next = askedFrom.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            while ("the end".equals(next)) {
                // on a slow machine the silence limit may pass before the line arrives
                next = askedFrom.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(next).isEqualTo("12-7");
            page.cancel(true);
        }
    }

    /** Accepts offers of the test's thread, and throws at others. */
    private static final class FailingStream implements LiveStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread test = Thread.currentThread();

        @Override
        public boolean offer(byte[] chunk) {
            if (Thread.currentThread() != test) {
                throw new OutOfMemoryError("as if");
            }
            return true;
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void onIdle(Runnable listener) {}

        @Override
        public void close() {
            closed.countDown();
        }

        @Override
        public void onClosed(Consumer<End> listener) {}
    }
}
