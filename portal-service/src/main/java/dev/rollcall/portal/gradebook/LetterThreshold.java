package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A letter and its threshold.
 *
 * @param from the lowest average that earns the letter, in percent
 */
@JsonNaming(UpperCamelCaseStrategy.class)
record LetterThreshold(String letter, BigDecimal from) {
    LetterThreshold {
        from = Objects.requireNonNullElse(from, BigDecimal.ZERO);
        Grade.check(from);
    }
}
