package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A student's averages.
 *
 * @param soFar the average of the present grades
 * @param withBlanksAsZero the average with missing grades as 0
 * @param letter the letter of the first average; may be empty
 */
record Averages(Optional<BigDecimal> soFar, Optional<BigDecimal> withBlanksAsZero, String letter) {
    static final Averages NONE = new Averages(Optional.empty(), Optional.empty(), "");

    private static final int DECIMALS = 2;

    @JsonCreator
    static Averages fromWire(
            @JsonProperty("SoFar") @Nullable BigDecimal soFar,
            @JsonProperty("WithBlanksAsZero") @Nullable BigDecimal withBlanksAsZero,
            @JsonProperty("Letter") String letter) {
        return new Averages(Grade.ifShowable(soFar), Grade.ifShowable(withBlanksAsZero), letter);
    }

    /** Returns the first average as text, halves away from zero: 89.00. */
    String soFarText() {
        return text(soFar);
    }

    String withBlanksText() {
        return text(withBlanksAsZero);
    }

    /** Returns the width of the bar, from 0 to 100. */
    int bar() {
        return soFar.map(average -> Math.max(
                        0,
                        Math.min(100, average.setScale(0, RoundingMode.HALF_UP).intValue())))
                .orElse(0);
    }

    private static String text(Optional<BigDecimal> average) {
        return average.map(number ->
                        number.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString())
                .orElse("none yet");
    }
}
