package dev.rollcall.log.line;

import java.time.Instant;

/**
 * Times as nanoseconds since 1970. Those before 1677-09-21 and after 2262-04-11 are as early or as late as can be told:
 * of two such times nobody knows which is the earlier.
 */
public final class Times {
    private static final long SECOND = 1_000_000_000;
    private static final long SECONDS_MAX = Long.MAX_VALUE / SECOND - 1;

    private Times() {}

    /** The nanoseconds of an instant. */
    public static long nanos(Instant time) {
        return nanos(time.getEpochSecond(), time.getNano());
    }

    /** The instant of nanoseconds. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** Whether the nanoseconds stand for all times that are so early or so late. */
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
