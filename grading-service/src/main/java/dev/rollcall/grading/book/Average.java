package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A student's averages in percent, rounded half up to two decimals.
 *
 * @param soFar over the graded items; null if nothing counts
 * @param withBlanksAsZero as if each item without a grade were graded 0; null if nothing counts
 * @param letter for the rounded {@code soFar}; null without it
 */
@JsonPropertyOrder({"SoFar", "WithBlanksAsZero", "Letter"})
public record Average(
        @JsonProperty("SoFar") @Nullable BigDecimal soFar,
        @JsonProperty("WithBlanksAsZero") @Nullable BigDecimal withBlanksAsZero,
        @JsonProperty("Letter") @Nullable String letter) {
    static final Average NONE = new Average(null, null, null);
}
