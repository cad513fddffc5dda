package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that request bodies may use together, from before they are read until they are answered. Thread-safe.
 *
 * <p>Without the limit, many large bodies at once would exhaust the heap. Large buffers are reused: as garbage,
 * hundreds of MB a second would make the heap grow. Counted in KiB.
 */
final class BodyMemory {
    private static final long WAIT_MILLIS = 1_000;
    private static final int UNIT_BYTES = 1_024;
    /** Smaller buffers are cheap as garbage. */
    private static final int POOLED_BYTES_MIN = 16 << 10;
    /** Keeps an array with its header just below a power of two, by which the heap is divided. */
    private static final int ARRAY_HEADER_BYTES = 64;

    private final int unitsMax;
    private final int bodyBytesMax;
    private final Semaphore units;
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private long idleBytes;

    /**
     * @param bytes the limit for all bodies together
     * @param bodyBytesMax the limit for one body, decompressed
     */
    BodyMemory(long bytes, long bodyBytesMax) {
        this.unitsMax = units(bytes);
        this.bodyBytesMax = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - ARRAY_HEADER_BYTES);
        this.units = new Semaphore(unitsMax);
    }

    /**
     * Acquires a buffer for a request's body, waiting up to 1 s for memory.
     *
     * @return a buffer to be {@linkplain #release released}
     * @throws ProblemException 503 if there is no memory in time
     */
    byte[] acquire(Request request) {
        var size = sizeFor(sizeNeeded(request));
        try {
            if (units.tryAcquire(unitsOf(size), WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return reused(size).orElseGet(() -> new byte[size]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("too many requests are in flight; nothing was stored");
    }

    /** Releases a buffer, which must not be used afterwards. */
    void release(byte[] buffer) {
        if (buffer.length >= POOLED_BYTES_MIN - ARRAY_HEADER_BYTES) {
            retain(buffer);
        }
        units.release(unitsOf(buffer.length));
    }

    private synchronized void retain(byte[] bytes) {
        idle.push(bytes);
        idleBytes += bytes.length;
        while (idleBytes > (long) unitsMax * UNIT_BYTES) {
            idleBytes -= idle.removeLast().length;
        }
    }

    private synchronized Optional<byte[]> reused(int size) {
        for (Iterator<byte[]> each = idle.iterator(); each.hasNext(); ) {
            var bytes = each.next();
            if (bytes.length == size) {
                each.remove();
                idleBytes -= size;
                return Optional.of(bytes);
            }
        }
        return Optional.empty();
    }

    /** Returns the announced length; the maximum if the length is unknown or is that before decompression. */
    private int sizeNeeded(Request request) {
        if (request.header("Content-Encoding").isPresent()
                || request.header("Transfer-Encoding").isPresent()) {
            return bodyBytesMax;
        }
        try {
            var length = request.header("Content-Length").map(text -> Long.parseLong(text.strip()));
            return (int) Math.max(0, Math.min(length.orElse(0L), bodyBytesMax));
        } catch (NumberFormatException e) {
            return bodyBytesMax;
        }
    }

    /** Rounds up to one of a few sizes, so that a released buffer fits the next request. */
    private int sizeFor(int needed) {
        if (needed < POOLED_BYTES_MIN - ARRAY_HEADER_BYTES) {
            return needed;
        }
        var size = POOLED_BYTES_MIN;
        while (size - ARRAY_HEADER_BYTES < needed && size < bodyBytesMax) {
            size *= 2;
        }
        return size - ARRAY_HEADER_BYTES < needed ? bodyBytesMax : Math.min(size - ARRAY_HEADER_BYTES, bodyBytesMax);
    }

    /** Caps at the whole memory, so that one body always fits. */
    private int unitsOf(int bytes) {
        return Math.min(units(bytes), unitsMax);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, bytes) / UNIT_BYTES + 1);
    }
}
