package dev.rollcall.log.store;

import dev.rollcall.log.line.LineScanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of some records by minute. Records of one block may be hours apart if one producer sends a backlog while
 * another is up to date. Bounded to 16 minutes: the last part also counts all records of further minutes. Not
 * thread-safe.
 */
final class TimeBuckets {
    private static final int PARTS_MAX = 16;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final List<BlockStats> parts = new ArrayList<>(2);
    private final long[] minutes = new long[PARTS_MAX];

    /** Counts a record whose fields the scanner holds. */
    void add(LineScanner line, byte[] bytes) {
        partOf(Math.floorDiv(line.nanos(), MINUTE)).add(line, bytes);
    }

    /** Returns the parts in the order of their first records. */
    List<BlockStats> parts() {
        return List.copyOf(parts);
    }

    /** Returns the sum of all parts. */
    BlockStats whole() {
        var whole = new BlockStats();
        parts.forEach(whole::add);
        return whole;
    }

    private BlockStats partOf(long minute) {
        // the latest first, since most records are of the same minute as the one before
        for (var i = parts.size() - 1; i >= 0; i--) {
            if (minutes[i] == minute) {
                return parts.get(i);
            }
        }
        if (parts.size() < PARTS_MAX) {
            minutes[parts.size()] = minute;
            parts.add(new BlockStats());
        }
        return parts.get(parts.size() - 1);
    }
}
