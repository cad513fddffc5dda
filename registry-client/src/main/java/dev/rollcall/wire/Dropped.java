package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Records that the producer dropped, so that {@code received + announced drops = produced} holds.
 *
 * @param from the first sequence, at least 1
 * @param to the last sequence
 * @param reason why, for people
 */
public record Dropped(long from, long to, String reason) {
    /** Throws {@link IllegalArgumentException} if the range is empty or starts below 1. */
    public Dropped {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("dropped records have sequences from 1 on that ascend");
        }
    }

    /** Returns the number of dropped records. */
    @JsonIgnore
    public long count() {
        return to - from + 1;
    }
}
