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
 * Stops an instance, in order: deregister, refuse new requests, wait for those in flight, close the parts, ship the
 * last log records, free the port. A part that fails to close does not keep the next from closing. A second stop
 * request ends the waits.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final HttpHost http;
    private final Duration drain;
    private final List<AutoCloseable> beforeDrain = new ArrayList<>();
    private final List<AutoCloseable> afterDrain = new ArrayList<>();
    private final CompletableFuture<Void> stopRequested = new CompletableFuture<>();
    private @Nullable Thread stopping;

    Shutdown(HttpHost http, Duration drain) {
        this.http = http;
        this.drain = drain;
    }

    /** Adds a part to close first, while requests are still answered. */
    Shutdown closeBeforeDrain(AutoCloseable part) {
        beforeDrain.add(part);
        return this;
    }

    /** Adds a part to close when no request is in flight, in the order of the calls. */
    Shutdown closeAfterDrain(AutoCloseable part) {
        afterDrain.add(part);
        return this;
    }

    /** Requests the stop; a second call ends its waits. Thread-safe. */
    synchronized void stop() {
        if (!stopRequested.complete(null) && stopping != null) {
            LOG.warn("second stop request: not waiting any longer");
            http.skipWaiting();
            stopping.interrupt();
        }
    }

    /** Waits for a future within the limit. Returns whether it completed, or is moot because the stop was requested. */
    boolean awaitUnlessStopped(CompletableFuture<?> awaited, Duration limit) {
        try {
            CompletableFuture.anyOf(awaited, stopRequested).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Waits for the stop request, then stops. */
    void awaitStopAndStop() {
        try {
            stopRequested.get();
        } catch (InterruptedException | ExecutionException e) {
            LOG.warn("interrupted, stopping");
        }
        markStopping();
        closeAll(beforeDrain);
        if (!http.drain(drain)) {
            LOG.atWarn().addKeyValue("requests", http.stats().inFlight()).log("stopped waiting for requests in flight");
        }
        closeAll(afterDrain);
        http.close();
    }

    private synchronized void markStopping() {
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
