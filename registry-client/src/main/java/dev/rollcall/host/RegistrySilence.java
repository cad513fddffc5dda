package dev.rollcall.host;

import java.time.Duration;

/**
 * The limit of a registry's silence, after which an instance assumes that it is no longer listed. Follows the intervals
 * of the heartbeats received. Pure, not thread-safe.
 *
 * <table>
 * <caption>Limits, for a usual interval of 3 s</caption>
 * <tr><th></th><th>an extended registry</th><th>a plain registry</th></tr>
 * <tr><td>no interval measured yet</td><td>9 s</td><td>30 s</td></tr>
 * <tr><td>an interval i measured</td><td>3 i, at least 9 s</td><td>3 i or 10 i up to 30 s, at least 9 s</td></tr>
 * <tr><td>each silence that may be a false alarm</td><td colspan="2">doubled, at most 24 h, until the next interval</td></tr>
 * </table>
 *
 * <p>A plain registry may probe one instance after another, so every new instance stretches the interval of all others:
 * hence the allowance for ten of them. It may also probe no instance at all, and list a second registration beside the
 * first: hence the doubling.
 */
final class RegistrySilence {
    private static final int INTERVALS_KEPT = 8;
    private static final int INTERVALS_MIN = 3;
    private static final int PLAIN_INTERVALS = 10;
    private static final long NANOS_MAX = Duration.ofHours(24).toNanos();

    private final long usualNanos;
    private final long[] intervalsNanos = new long[INTERVALS_KEPT];
    private int count;
    private int doublings;
    private boolean isExtended;

    /**
     * Creates one without measured intervals.
     *
     * @param usual the interval of registries that probe all instances at once
     */
    RegistrySilence(Duration usual) {
        this.usualNanos = usual.toNanos();
    }

    /** Returns the limit in nanoseconds. */
    long nanos() {
        var limit = isExtended ? extendedNanos(intervalNanos()) : plainNanos(intervalNanos());
        for (var i = 0; i < doublings && limit < NANOS_MAX; i++) {
            limit *= 2;
        }
        return Math.min(limit, NANOS_MAX);
    }

    /** Adds the time between two heartbeats of one registration. */
    void addInterval(long nanos) {
        intervalsNanos[count % INTERVALS_KEPT] = nanos;
        // wraps within the array, so that it never overflows
        count = count + 1 < 2 * INTERVALS_KEPT ? count + 1 : INTERVALS_KEPT;
        doublings = 0;
    }

    /** Notes that the limit was reached, perhaps a false alarm: the registry may still list the instance. */
    void limitReached() {
        doublings++;
    }

    /** Sets the kind of the registry. */
    void setExtended(boolean extended) {
        isExtended = extended;
    }

    /** Its probes are jittered by a tenth, so the longest of several intervals exceeds the set one. */
    private long extendedNanos(long interval) {
        return INTERVALS_MIN * Math.max(usualNanos, interval - interval / 10);
    }

    private long plainNanos(long interval) {
        var allowance = interval == 0 ? PLAIN_INTERVALS * usualNanos : PLAIN_INTERVALS * Math.min(interval, usualNanos);
        return Math.max(INTERVALS_MIN * Math.max(usualNanos, interval), allowance);
    }

    /** Returns the second longest of the recent intervals, because one may be an outlier; 0 if none is measured. */
    private long intervalNanos() {
        var longest = 0L;
        var second = 0L;
        for (var each : intervalsNanos) {
            second = Math.max(second, Math.min(longest, each));
            longest = Math.max(longest, each);
        }
        return count < INTERVALS_KEPT ? longest : second;
    }
}
