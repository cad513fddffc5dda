package dev.rollcall.portal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One grade, as any grading service tells it; what is missing is empty or 0, as the plain layer has it.
 *
 * @param title what it was given for
 * @param type the kind of work, by its name
 * @param score the points
 */
record Grade(String title, String type, BigDecimal score) {
    private static final int EXPONENT_MAX = 30;

    /** Throws {@link IllegalArgumentException} for a score that would fill the page with zeros. */
    Grade {
        if (Math.abs((long) score.precision() - score.scale()) > EXPONENT_MAX || score.scale() > EXPONENT_MAX) {
            throw new IllegalArgumentException("a score beyond all bounds");
        }
    }

    @JsonCreator
    static Grade fromWire(
            @JsonProperty("Title") @Nullable String title,
            @JsonProperty("Type") @Nullable String type,
            @JsonProperty("Score") @Nullable BigDecimal score) {
        return new Grade(title == null ? "" : title, type == null ? "" : type, score == null ? BigDecimal.ZERO : score);
    }

    /** The score as a teacher writes it, all of its digits. */
    String scoreText() {
        return score.toPlainString();
    }
}
