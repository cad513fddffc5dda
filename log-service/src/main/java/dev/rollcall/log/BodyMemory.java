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
 * The memory that bodies may take together, from before they are read until they are answered. Thread-safe.
 *
 * <p>Without it, many large ones at once would need more than there is. That of large ones is used again and again: as
 * garbage, hundreds of MB a second would make the heap grow. Counted in KiB.
 */
final class BodyMemory {
    private static final long WAIT_MILLIS = 1_000;
    private static final int UNIT_BYTES = 1_024;
    /** Smaller ones are cheap as garbage. */
    private static final int POOLED_BYTES_MIN = 16 << 10;
    /** So that the array with its header isn't just longer than a power of two, by which the heap is divided. */
    private static final int HEADER_BYTES = 64;

    private final int unitsMax;
    private final int bodyBytesMax;
    private final Semaphore units;
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private long idleBytes;

    /**
     * Room for so many bytes.
     *
     * @param bodyBytesMax how long a body may be, decompressed
     */
    BodyMemory(long bytes, long bodyBytesMax) {
        this.unitsMax = units(bytes);
        this.bodyBytesMax = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - HEADER_BYTES);
        this.units = new Semaphore(unitsMax);
    }

    /**
     * Takes room for a request's body, and waits a moment for it.
     *
     * @return memory for it, to be {@linkplain #release left} again
     * @throws ProblemException 503 if there is none in time
     */
    byte[] acquire(Request request) {
        var size = sizeFor(needed(request));
        try {
            if (units.tryAcquire(unitsOf(size), WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return reused(size).orElseGet(() -> new byte[size]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("too much comes in at once; nothing was stored");
    }

    /** Gives memory back; nobody uses it any more. */
    void release(byte[] taken) {
        if (taken.length >= POOLED_BYTES_MIN - HEADER_BYTES) {
            retain(taken);
        }
        units.release(unitsOf(taken.length));
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

    /** As long as it says it is; as long as any may be, if that isn't known or is before decompression. */
    private int needed(Request request) {
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

    /** Of a few sizes only, so that what one left fits the next. */
    private int sizeFor(int needed) {
        if (needed < POOLED_BYTES_MIN - HEADER_BYTES) {
            return needed;
        }
        var size = POOLED_BYTES_MIN;
        while (size - HEADER_BYTES < needed && size < bodyBytesMax) {
            size *= 2;
        }
        return size - HEADER_BYTES < needed ? bodyBytesMax : Math.min(size - HEADER_BYTES, bodyBytesMax);
    }

    /** However little there is in all, one body at least finds room. */
    private int unitsOf(int bytes) {
        return Math.min(units(bytes), unitsMax);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, bytes) / UNIT_BYTES + 1);
    }
}
