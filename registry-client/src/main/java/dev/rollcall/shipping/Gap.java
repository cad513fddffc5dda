package dev.rollcall.shipping;

import java.time.Instant;

/**
 * Records that were dropped.
 *
 * @param first the first one's sequence
 * @param last the last one's sequence
 * @param reason for people
 */
record Gap(long first, long last, Instant time, String reason) implements Entry {
    private static final int OVERHEAD_BYTES = 200;

    Gap {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no gap reaches from " + first + " to " + last);
        }
    }

    long count() {
        return last - first + 1;
    }

    /** What is left of it behind a sequence within it. */
    Gap after(long sequence) {
        return new Gap(sequence + 1, last, time, reason);
    }

    /** This gap with as many more behind it. */
    Gap andMore(long more) {
        return new Gap(first, last + more, time, reason);
    }

    @Override
    public int bytes() {
        return OVERHEAD_BYTES + reason.length();
    }
}
