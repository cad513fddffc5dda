package dev.rollcall.grading.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A student's averages in percent, rounded half up to two decimals.
 *
 * @param soFar over the graded items; null if nothing counts
 * @param withBlanksAsZero as if each item without a grade were graded 0; null if nothing counts
 * @param letter for the rounded {@code soFar}; null without it
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Average(
        @Nullable BigDecimal soFar,
        @Nullable BigDecimal withBlanksAsZero,
        @Nullable String letter) {
    static final Average NONE = new Average(null, null, null);
}
