package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A letter, and the average from which on it is given. */
record LetterFrom(
        @JsonProperty("Letter") String letter,
        @JsonProperty("From") BigDecimal from) {
    LetterFrom {
        Grade.check(from);
    }

    @JsonCreator
    static LetterFrom fromWire(
            @JsonProperty("Letter") @Nullable String letter, @JsonProperty("From") @Nullable BigDecimal from) {
        return new LetterFrom(letter == null ? "" : letter, from == null ? BigDecimal.ZERO : from);
    }
}
