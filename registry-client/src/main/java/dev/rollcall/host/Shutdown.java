package dev.rollcall.host;

import dev.rollcall.http.HttpHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an instance, in order: off the roll, refuse, wait for what is under way, close the parts, ship the last
 * log, free the port. A part that fails to close doesn't keep the next from closing. Asking a second time to stop ends
 * the waits.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final HttpHost http;
    private final Duration drain;
    private final List<AutoCloseable> beforeDrain = new ArrayList<>();
    private final List<AutoCloseable> afterDrain = new ArrayList<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private @Nullable Thread stopping;

    Shutdown(HttpHost http, Duration drain) {
        this.http = http;
        this.drain = drain;
    }

    /** Closed first, while requests are still answered. */
    Shutdown first(AutoCloseable part) {
        beforeDrain.add(part);
        return this;
    }

    /** Closed when no request is under way any more, in the order in which they are named. */
    Shutdown then(AutoCloseable part) {
        afterDrain.add(part);
        return this;
    }

    /** Asks to stop; asked again, hurries. Thread-safe. */
    synchronized void stop() {
        if (!stop.complete(null) && stopping != null) {
            LOG.warn("asked again to stop: not waiting any longer");
            http.skipWaiting();
            stopping.interrupt();
        }
    }

    /** Waits for something, at most so long; returns whether it is there, or not needed since this instance stops. */
    boolean awaitUnlessStopped(CompletableFuture<?> awaited, Duration limit) {
        try {
            CompletableFuture.anyOf(awaited, stop).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Waits until asked to stop, then stops. */
    void awaitStopAndStop() {
        try {
            stop.get();
        } catch (InterruptedException | ExecutionException e) {
            LOG.warn("interrupted, stopping");
        }
        start();
        closeAll(beforeDrain);
        if (!http.drain(drain)) {
            LOG.atWarn().addKeyValue("requests", http.stats().inFlight()).log("stopped waiting for requests in flight");
        }
        closeAll(afterDrain);
        http.close();
    }

    private synchronized void start() {
        stopping = Thread.currentThread();
    }

    static void closeAll(List<AutoCloseable> parts) {
        for (var part : parts) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.atError().setCause(e).log("a part failed to close");
            }
        }
    }
}
