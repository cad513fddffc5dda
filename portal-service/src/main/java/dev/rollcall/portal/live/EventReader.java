package dev.rollcall.portal.live;

import dev.rollcall.http.client.HostAddresses;
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
    private static final int OK = 200;

    private final Listener listener;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> asked = new AtomicReference<>();
    private volatile long heardNanos = System.nanoTime();

    private EventReader(Listener listener) {
        this.listener = listener;
    }

    /** Begins to read once the host is found; the listener is told by other threads, one at a time. */
    static EventReader open(
            HttpClient client, HostAddresses hosts, URI from, Map<String, String> headers, Listener listener) {
        var reader = new EventReader(listener);
        var unused = hosts.findCallable(from)
                .thenAcceptAsync(
                        to -> to.ifPresentOrElse(uri -> reader.request(client, uri, headers), () -> reader.end(0)))
                .exceptionally(thrown -> {
                    reader.end(0);
                    return null;
                });
        return reader;
    }

    private void request(HttpClient client, URI to, Map<String, String> headers) {
        if (isOver.get()) {
            return;
        }
        var request = HttpRequest.newBuilder(to).header("Accept", "text/event-stream");
        headers.forEach(request::setHeader);
        BodyHandler<Void> handler = info -> {
            var type = info.headers().firstValue("Content-Type").orElse("");
            if (info.statusCode() == OK && type.startsWith("text/event-stream")) {
                listener.onOpen();
                return BodySubscribers.fromLineSubscriber(lines());
            }
            end(info.statusCode());
            return BodySubscribers.replacing(null);
        };
        var answer = client.sendAsync(request.build(), handler);
        asked.set(answer);
        if (isOver.get()) {
            answer.cancel(true);
        }
        var unused = answer.whenComplete((response, thrown) -> end(0));
    }

    /** How long ago anything was heard of the other side, a comment too. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** Reads no further, also if nothing was answered yet; the listener isn't told of anything any more. */
    @Override
    public void close() {
        isOver.set(true);
        var known = asked.get();
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
