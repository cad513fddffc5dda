package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a student stands.
 *
 * @param soFar the average of what there is
 * @param withBlanksAsZero the average if all that is missing stayed missing
 * @param letter the letter of it; empty if none is told
 */
record Averages(Optional<BigDecimal> soFar, Optional<BigDecimal> withBlanksAsZero, String letter) {
    static final Averages NONE = new Averages(Optional.empty(), Optional.empty(), "");

    private static final int DECIMALS = 2;

    @JsonCreator
    static Averages fromWire(
            @JsonProperty("SoFar") @Nullable BigDecimal soFar,
            @JsonProperty("WithBlanksAsZero") @Nullable BigDecimal withBlanksAsZero,
            @JsonProperty("Letter") @Nullable String letter) {
        return new Averages(Grade.ifShowable(soFar), Grade.ifShowable(withBlanksAsZero), letter == null ? "" : letter);
    }

    /** The first average for people, halves away from zero: 89.00. */
    String soFarText() {
        return text(soFar);
    }

    /** The second average for people. */
    String withBlanksText() {
        return text(withBlanksAsZero);
    }

    /** How wide a bar is to be, from 0 to 100. */
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
