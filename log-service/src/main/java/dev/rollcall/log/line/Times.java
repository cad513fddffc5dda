package dev.rollcall.log.line;

import java.time.Instant;

/** Times as nanoseconds since 1970; those before 1677 and after 2262 are as early or as late as can be told. */
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

    static long nanos(long seconds, int nano) {
        if (seconds > SECONDS_MAX) {
            return Long.MAX_VALUE;
        }
        return seconds < -SECONDS_MAX ? Long.MIN_VALUE : seconds * SECOND + nano;
    }
}
