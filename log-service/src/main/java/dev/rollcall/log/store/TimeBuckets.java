package dev.rollcall.log.store;

import dev.rollcall.log.line.LineScanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What some records are, minute by minute. Records of one block may be of very different times, where one producer sends
 * what it had kept for hours while another one is up to date. Bounded: of many minutes, the last part has all that are of
 * no earlier part's. Not thread-safe.
 */
final class TimeBuckets {
    private static final int PARTS_MAX = 16;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final List<BlockStats> parts = new ArrayList<>(2);
    private final long[] minutes = new long[PARTS_MAX];

    /** Counts a record, of which the scanner has just found the fields. */
    void add(LineScanner line, byte[] bytes) {
        partOf(Math.floorDiv(line.nanos(), MINUTE)).add(line, bytes);
    }

    /** The parts, in the order in which their first records stand. */
    List<BlockStats> parts() {
        return List.copyOf(parts);
    }

    /** All parts together. */
    BlockStats whole() {
        var whole = new BlockStats();
        parts.forEach(whole::add);
        return whole;
    }

    private BlockStats partOf(long minute) {
        // the latest first, since most records are of the same as the one before
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
