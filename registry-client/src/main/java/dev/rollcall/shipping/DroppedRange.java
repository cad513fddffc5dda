package dev.rollcall.shipping;

import java.time.Instant;

/**
 * A range of dropped records.
 *
 * @param first the first dropped sequence
 * @param last the last dropped sequence
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

    /** Returns the part after a sequence within this range. */
    DroppedRange after(long sequence) {
        return new DroppedRange(sequence + 1, last, time, reason);
    }

    /** Returns this range extended by {@code more} sequences. */
    DroppedRange extendedBy(long more) {
        return new DroppedRange(first, last + more, time, reason);
    }

    @Override
    public int bytes() {
        return OVERHEAD_BYTES + reason.length();
    }
}
