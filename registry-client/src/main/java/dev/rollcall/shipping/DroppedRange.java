package dev.rollcall.shipping;

import java.time.Instant;

/**
 * Records that were dropped.
 *
 * @param first the first one's sequence
 * @param last the last one's sequence
 * @param reason for people
 */
record DroppedRange(long first, long last, Instant time, String reason) implements SpillEntry {
    private static final int OVERHEAD_BYTES = 200;

    DroppedRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no gap reaches from " + first + " to " + last);
        }
    }

    long count() {
        return last - first + 1;
    }

    /** What is left of it behind a sequence within it. */
    DroppedRange after(long sequence) {
        return new DroppedRange(sequence + 1, last, time, reason);
    }

    /** This gap with as many more behind it. */
    DroppedRange andMore(long more) {
        return new DroppedRange(first, last + more, time, reason);
    }

    @Override
    public int bytes() {
        return OVERHEAD_BYTES + reason.length();
    }
}
