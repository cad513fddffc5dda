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
 * The live answers of one server. Parked they cost no thread; what they write is written by virtual threads, or before
 * 21 by a few of a pool of its own, so that slow readers take no thread from requests. Thread-safe.
 */
final class LiveStreams implements AutoCloseable {
    private static final int POOL_THREADS = 16;
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    /** A busy machine keeps a reader, or the thread that writes, waiting for 100 ms without any fault of theirs. */
    private static final Duration SHORT_WRITE_LIMIT = Duration.ofMillis(500);

    private final Set<ParkedStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acquired = new AtomicInteger();
    private final ExecutorService writers = RequestThreads.virtualOr(POOL_THREADS, "http-live");
    // virtual threads that are stuck keep nobody waiting
    private final WriteTimeouts writeTimeouts = new WriteTimeouts(
            WRITE_LIMIT, SHORT_WRITE_LIMIT, RequestThreads.HAS_VIRTUAL ? Integer.MAX_VALUE - 1 : POOL_THREADS / 2);
    private final InFlight inFlight;
    private final int max;
    private volatile boolean stopping;

    LiveStreams(InFlight inFlight, int max) {
        this.inFlight = inFlight;
        this.max = max;
    }

    /** Acquires room for one, which {@link #open} takes; false if there are as many as there may be. */
    boolean tryAcquire() {
        if (acquired.incrementAndGet() <= max) {
            return true;
        }
        acquired.decrementAndGet();
        return false;
    }

    /** Sends the head and hands the stream over. The exchange is the stream's from now on. */
    void open(HttpExchange exchange, Response response, Response.Live live) throws IOException {
        var stream = new ParkedStream(exchange, live.queueBytesMax(), writeTimeouts, writers);
        stream.onClosed(end -> acquired.decrementAndGet());
        stream.begin(response);
        open.add(stream);
        stream.onClosed(end -> open.remove(stream));
        try {
            live.taker().accept(stream);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
        if (stopping) {
            endInFlight(stream);
        }
    }

    /** What looks after the writes; its owner has it look. */
    WriteTimeouts watchdog() {
        return writeTimeouts;
    }

    /** Ends them all in good order; until each has written its last chunk, it counts as in flight. */
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

    /** The server is closed; also those are told whose streams were not ended before. */
    @Override
    public void close() {
        stopping = true;
        writers.shutdownNow();
        open.forEach(ParkedStream::abandon);
    }
}
