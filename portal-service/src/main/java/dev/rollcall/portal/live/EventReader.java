package dev.rollcall.portal.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads one stream of server-sent events until it ends; no thread waits for it. Thread-safe. */
public final class EventReader implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final Listener listener;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> request = new AtomicReference<>();
    private volatile long heardNanos = System.nanoTime();

    private EventReader(Listener listener) {
        this.listener = listener;
    }

    /** A client for readers; many may share one. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    /** Begins to read; the listener is told by other threads, one at a time. */
    public static EventReader open(HttpClient client, URI from, Map<String, String> headers, Listener listener) {
        var reader = new EventReader(listener);
        var request = HttpRequest.newBuilder(from).header("Accept", "text/event-stream");
        headers.forEach(request::setHeader);
        BodyHandler<Void> handler = info -> {
            var type = info.headers().firstValue("Content-Type").orElse("");
            if (info.statusCode() == OK && type.startsWith("text/event-stream")) {
                listener.onOpen();
                return BodySubscribers.fromLineSubscriber(reader.lines());
            }
            reader.end(info.statusCode());
            return BodySubscribers.replacing(null);
        };
        var answer = client.sendAsync(request.build(), handler);
        reader.request.set(answer);
        var unused = answer.whenComplete((response, thrown) -> reader.end(0));
        return reader;
    }

    /** How long ago anything was heard of the other side, a comment too. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** Reads no further, also if nothing was answered yet; the listener isn't told of anything any more. */
    @Override
    public void close() {
        isOver.set(true);
        var known = request.get();
        if (known != null) {
            // ends the exchange, and with it the connection (JDK 16 and later)
            known.cancel(true);
        }
    }

    private void end(int status) {
        if (isOver.compareAndSet(false, true)) {
            listener.onEnd(status);
        }
    }

    private Subscriber<String> lines() {
        return new Subscriber<>() {
            private final EventParser parser = new EventParser();

            @Override
            public void onSubscribe(Subscription given) {
                given.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                heardNanos = System.nanoTime();
                if (!isOver.get()) {
                    parser.line(line).ifPresent(listener::onEvent);
                }
            }

            @Override
            public void onError(Throwable thrown) {
                end(OK);
            }

            @Override
            public void onComplete() {
                end(OK);
            }
        };
    }

    /** Is told what is read. */
    public interface Listener {
        /** The stream has begun. */
        void onOpen();

        /** An event came. */
        void onEvent(ServerEvent event);

        /** The stream has ended; with another status than 200 it never began, with 0 nobody answered. */
        void onEnd(int status);
    }
}
