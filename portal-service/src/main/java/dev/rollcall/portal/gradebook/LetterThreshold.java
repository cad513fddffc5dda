package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A letter, and the average from which on it is given. */
record LetterThreshold(
        @JsonProperty("Letter") String letter,
        @JsonProperty("From") BigDecimal from) {
    LetterThreshold {
        Grade.check(from);
    }

    @JsonCreator
    static LetterThreshold fromWire(
            @JsonProperty("Letter") @Nullable String letter, @JsonProperty("From") @Nullable BigDecimal from) {
        return new LetterThreshold(letter == null ? "" : letter, from == null ? BigDecimal.ZERO : from);
    }
}
