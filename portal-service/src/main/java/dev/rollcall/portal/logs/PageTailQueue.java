package dev.rollcall.portal.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The pending lines of a page that follows the log: the newest {@code max}; older ones are only counted. Not
 * thread-safe.
 */
final class PageTailQueue {
    private final int max;
    private final ArrayDeque<String> pending = new ArrayDeque<>();
    private long skipped;

    PageTailQueue(int max) {
        this.max = max;
    }

    void add(String line) {
        pending.add(line);
        if (pending.size() > max) {
            pending.remove();
            skipped++;
        }
    }

    /** Counts lines that were skipped upstream. */
    void missed(long count) {
        skipped += count;
    }

    /** Returns and clears the pending lines, oldest first. */
    Batch drain() {
        var batch = new Batch(new ArrayList<>(pending), skipped);
        pending.clear();
        skipped = 0;
        return batch;
    }

    /** Lines, and the number skipped before them. */
    record Batch(List<String> lines, long skipped) {
        boolean isEmpty() {
            return lines.isEmpty() && skipped == 0;
        }
    }
}
