package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that bodies may take together, from before they are read until they are answered. Thread-safe.
 *
 * <p>Without it, many large ones at once would need more than there is. Counted in KiB.
 */
final class BodyRoom {
    private static final long WAIT_MILLIS = 1_000;
    private static final int UNIT_BYTES = 1_024;

    private final int unitsMax;
    private final int bodyUnitsMax;
    private final Semaphore units;

    /**
     * Room for so many bytes.
     *
     * @param bodyBytesMax how long a body may be, decompressed
     */
    BodyRoom(long bytes, long bodyBytesMax) {
        this.unitsMax = units(bytes);
        this.bodyUnitsMax = Math.min(units(bodyBytesMax), unitsMax);
        this.units = new Semaphore(unitsMax);
    }

    /**
     * Takes room for a request's body, and waits a moment for it.
     *
     * @return how much, to be {@linkplain #leave left} again
     * @throws ProblemException 503 if there is none in time
     */
    int take(Request request) {
        var needed = needed(request);
        try {
            if (units.tryAcquire(needed, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return needed;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("too much comes in at once; nothing was stored");
    }

    /** Gives room back. */
    void leave(int taken) {
        units.release(taken);
    }

    /** As long as it says it is; as long as any may be, if that isn't known or is before decompression. */
    private int needed(Request request) {
        if (request.header("Content-Encoding").isPresent()) {
            return bodyUnitsMax;
        }
        try {
            var length = request.header("Content-Length").map(Long::parseLong);
            return length.map(bytes -> Math.min(units(bytes), bodyUnitsMax)).orElse(bodyUnitsMax);
        } catch (NumberFormatException e) {
            return bodyUnitsMax;
        }
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, bytes) / UNIT_BYTES + 1);
    }
}
