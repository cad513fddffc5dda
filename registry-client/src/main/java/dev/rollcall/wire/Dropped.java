package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Records that their producer had to drop, so that {@code received + announced drops = produced} holds.
 *
 * @param from the first one's sequence, from 1
 * @param to the last one's sequence
 * @param reason why, for people
 */
@JsonPropertyOrder({"from", "to", "reason"})
public record Dropped(long from, long to, String reason) {
    /** Checks the range; throws {@link IllegalArgumentException} when it is none. */
    public Dropped {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("dropped records have sequences from 1 on that ascend");
        }
    }

    @JsonCreator
    static Dropped fromWire(
            @JsonProperty("from") long from,
            @JsonProperty("to") long to,
            @JsonProperty("reason") @Nullable String reason) {
        return new Dropped(from, to, reason == null ? "" : reason);
    }

    /** How many they are. */
    @JsonIgnore
    public long count() {
        return to - from + 1;
    }
}
