package dev.rollcall.host;

import java.time.Duration;

/**
 * How long a registry may be silent before an instance takes itself for forgotten. Follows the intervals at which
 * heartbeats were heard. Pure, not thread-safe.
 *
 * <table>
 * <caption>Limits, for a usual interval of 3 s</caption>
 * <tr><th></th><th>an extended registry</th><th>a plain registry</th></tr>
 * <tr><td>no interval heard yet</td><td>9 s</td><td>30 s</td></tr>
 * <tr><td>an interval i heard</td><td>3 i, at least 9 s</td><td>3 i or 10 i up to 30 s, at least 9 s</td></tr>
 * <tr><td>each silence that may have been a false alarm</td><td colspan="2">doubled, at most 24 h, until the next interval is heard
 * </td></tr>
 * </table>
 *
 * A plain registry may probe one instance after another, so every newcomer stretches the interval of all others: hence
 * the room for ten of them. It may also probe nobody, and list a second registration beside the first: hence the
 * doubling.
 */
final class RegistrySilence {
    private static final int RECENT_MAX = 8;
    private static final int LEAST = 3;
    private static final int ROOM = 10;
    private static final long LONGEST_NANOS = Duration.ofHours(24).toNanos();

    private final long usualNanos;
    private final long[] recentNanos = new long[RECENT_MAX];
    private int heard;
    private int doublings;
    private boolean isExtended;

    /**
     * Has heard nothing yet.
     *
     * @param usual the interval at which registries probe if they probe all instances at once
     */
    RegistrySilence(Duration usual) {
        this.usualNanos = usual.toNanos();
    }

    /** Returns the limit in nanoseconds. */
    long nanos() {
        var limit = isExtended ? extendedNanos(intervalNanos()) : plainNanos(intervalNanos());
        for (var i = 0; i < doublings && limit < LONGEST_NANOS; i++) {
            limit *= 2;
        }
        return Math.min(limit, LONGEST_NANOS);
    }

    /** Adds the time between two heartbeats of one registration. */
    void heardAfter(long nanos) {
        recentNanos[heard % RECENT_MAX] = nanos;
        // counts on within the array, so that it never overflows
        heard = heard + 1 < 2 * RECENT_MAX ? heard + 1 : RECENT_MAX;
        doublings = 0;
    }

    /** Notes that the limit was reached, and perhaps in vain: the registry was there, and didn't say that it had forgotten. */
    void ranOut() {
        doublings++;
    }

    /** Notes which kind of registry it is now. */
    void isExtended(boolean extended) {
        isExtended = extended;
    }

    /** Its probes are spread by a tenth, so the longest of some is longer than its interval. */
    private long extendedNanos(long interval) {
        return LEAST * Math.max(usualNanos, interval - interval / 10);
    }

    private long plainNanos(long interval) {
        var room = interval == 0 ? ROOM * usualNanos : ROOM * Math.min(interval, usualNanos);
        return Math.max(LEAST * Math.max(usualNanos, interval), room);
    }

    /** Of those heard lately the second longest, since a single one may be an accident; 0 if none was heard. */
    private long intervalNanos() {
        var longest = 0L;
        var second = 0L;
        for (var each : recentNanos) {
            second = Math.max(second, Math.min(longest, each));
            longest = Math.max(longest, each);
        }
        return heard < RECENT_MAX ? longest : second;
    }
}
