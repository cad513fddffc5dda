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

/** Reads one stream of server-sent events until it ends, without a thread of its own. Thread-safe. */
public final class EventReader implements AutoCloseable {
    private static final int OK = 200;

    private final Listener listener;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> exchange = new AtomicReference<>();
    private volatile long receivedNanos = System.nanoTime();

    private EventReader(Listener listener) {
        this.listener = listener;
    }

    /** Starts to read once the host name is resolved. Other threads call the listener, one at a time. */
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
        if (isClosed.get()) {
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
        var future = client.sendAsync(request.build(), handler);
        exchange.set(future);
        if (isClosed.get()) {
            future.cancel(true);
        }
        var unused = future.whenComplete((response, thrown) -> end(0));
    }

    /** Returns the time since the last received line, comments included. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - receivedNanos);
    }

    /** Stops reading, also before the first response. The listener isn't called any more. */
    @Override
    public void close() {
        isClosed.set(true);
        var known = exchange.get();
        if (known != null) {
            // ends the exchange, and with it the connection (JDK 16 and later)
            known.cancel(true);
        }
    }

    private void end(int status) {
        if (isClosed.compareAndSet(false, true)) {
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
                receivedNanos = System.nanoTime();
                if (!isClosed.get()) {
                    parser.parse(line).ifPresent(listener::onEvent);
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

    /** Receives what is read. */
    public interface Listener {
        /** The stream is open. */
        void onOpen();

        void onEvent(ServerEvent event);

        /** The stream ended. With a status other than 200 it never opened; 0 means no response. */
        void onEnd(int status);
    }
}
