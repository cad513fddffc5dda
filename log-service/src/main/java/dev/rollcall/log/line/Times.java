package dev.rollcall.log.line;

import java.time.Instant;

/**
 * Times as nanoseconds since 1970. Times before 1677-09-21 and after 2262-04-11 are clamped, and so can't be ordered.
 */
public final class Times {
    private static final long SECOND = 1_000_000_000;
    private static final long SECONDS_MAX = Long.MAX_VALUE / SECOND - 1;

    private Times() {}

    /** Returns an instant in nanoseconds. */
    public static long nanos(Instant time) {
        return nanos(time.getEpochSecond(), time.getNano());
    }

    /** Returns the instant of a number of nanoseconds. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** Returns whether the value is clamped. */
    public static boolean isFar(long nanos) {
        return nanos == Long.MIN_VALUE || nanos == Long.MAX_VALUE;
    }

    static long nanos(long seconds, int nano) {
        if (seconds > SECONDS_MAX) {
            return Long.MAX_VALUE;
        }
        return seconds < -SECONDS_MAX ? Long.MIN_VALUE : seconds * SECOND + nano;
    }
}
