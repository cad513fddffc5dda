package dev.rollcall.shipping;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The delay before a retry: random between 0 and a limit that doubles with each failure (full jitter). */
record Backoff(Duration min, Duration max, DoubleSupplier random) {
    private static final int DOUBLINGS_MAX = 30;

    /**
     * Returns the delay in nanoseconds.
     *
     * @param failures failures in a row, from 1
     */
    long nanosAfter(int failures) {
        var doublings = Math.min(failures - 1, DOUBLINGS_MAX);
        var limit = Math.min((double) max.toNanos(), min.toNanos() * Math.pow(2, doublings));
        return (long) (limit * random.getAsDouble());
    }
}
