package dev.rollcall.portal.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page that follows the log is still to be told: the newest so many lines; of older ones only how many there
 * were. Not thread-safe.
 */
final class PageTailQueue {
    private final int max;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private long skipped;

    PageTailQueue(int max) {
        this.max = max;
    }

    void add(String line) {
        waiting.add(line);
        if (waiting.size() > max) {
            waiting.remove();
            skipped++;
        }
    }

    /** Some were left out before they came here. */
    void missed(long count) {
        skipped += count;
    }

    /** All that waits, oldest first; from then on nothing does. */
    Batch drain() {
        var batch = new Batch(new ArrayList<>(waiting), skipped);
        waiting.clear();
        skipped = 0;
        return batch;
    }

    /** Lines, and how many were left out before them. */
    record Batch(List<String> lines, long skipped) {
        boolean isEmpty() {
            return lines.isEmpty() && skipped == 0;
        }
    }
}
