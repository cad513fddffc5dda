package dev.rollcall.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rollcall.http.LiveStream.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The live responses of one server. Parked ones occupy no thread. Virtual threads write them, or before 21 a small pool
 * of their own, so that slow clients take no request threads. Thread-safe.
 */
final class LiveStreams implements AutoCloseable {
    private static final int POOL_THREADS = 16;
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    /** A busy machine delays a client, or the writing thread, by 100 ms through no fault of theirs. */
    private static final Duration SHORT_WRITE_LIMIT = Duration.ofMillis(500);

    private final Set<ParkedStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acquired = new AtomicInteger();
    private final ExecutorService writers = RequestThreads.virtualOr(POOL_THREADS, "http-live");
    // stuck virtual threads delay nothing else
    private final WriteTimeouts writeTimeouts = new WriteTimeouts(
            WRITE_LIMIT, SHORT_WRITE_LIMIT, RequestThreads.HAS_VIRTUAL ? Integer.MAX_VALUE - 1 : POOL_THREADS / 2);
    private final InFlight inFlight;
    private final int max;
    private volatile boolean stopping;

    LiveStreams(InFlight inFlight, int max) {
        this.inFlight = inFlight;
        this.max = max;
    }

    /** Acquires a place, which {@link #open} uses; false if all are taken. */
    boolean tryAcquire() {
        if (acquired.incrementAndGet() <= max) {
            return true;
        }
        acquired.decrementAndGet();
        return false;
    }

    /** Sends the head and hands the stream over. The stream owns the exchange from now on. */
    void open(HttpExchange exchange, Response response, Response.Live live) throws IOException {
        var stream = new ParkedStream(exchange, live.queueBytesMax(), writeTimeouts, writers);
        stream.onClosed(end -> acquired.decrementAndGet());
        stream.begin(response);
        open.add(stream);
        stream.onClosed(end -> open.remove(stream));
        try {
            live.onOpen().accept(stream);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
        if (stopping) {
            endInFlight(stream);
        }
    }

    /** Returns the timeouts of the writes; the owner must call their check. */
    WriteTimeouts writeTimeouts() {
        return writeTimeouts;
    }

    /** Ends all streams in good order; each counts as in flight until it has written its last chunk. */
    void drain() {
        stopping = true;
        writeTimeouts.skipWaiting();
        open.forEach(this::endInFlight);
    }

    private void endInFlight(ParkedStream stream) {
        inFlight.enter();
        stream.onClosed(end -> inFlight.leave());
        stream.end(End.STOPPING);
    }

    /** Closes the streams; also notifies the listeners of those not ended before. */
    @Override
    public void close() {
        stopping = true;
        writers.shutdownNow();
        open.forEach(ParkedStream::abandon);
    }
}
