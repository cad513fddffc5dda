package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * A score or an item's points: an exact decimal from 0 to 1,000,000 with at most 6 decimals, without trailing zeros.
 *
 * <p>Within these bounds {@link BigDecimal} never prints an exponent.
 */
public record Score(@JsonValue BigDecimal value) {
    /** The bounds, for error messages. */
    public static final String ALLOWED = "must be a number from 0 to 1000000 with at most 6 decimals";

    static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
    static final int DECIMALS_MAX = 6;

    /** Removes trailing zeros; throws {@link IllegalArgumentException} out of bounds. */
    @JsonCreator(mode = Mode.DELEGATING)
    public Score {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("a score " + ALLOWED);
        }
        value = value.stripTrailingZeros();
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
    }

    /** Converts from millionths, the unit of the tables. */
    public static Score ofMillionths(long millionths) {
        return new Score(BigDecimal.valueOf(millionths, DECIMALS_MAX));
    }

    /** Returns the score in millionths. */
    public long millionths() {
        return value.movePointRight(DECIMALS_MAX).longValueExact();
    }

    /** Returns whether a number is within the bounds. Safe for huge exponents such as 1e400000000. */
    public static boolean isAllowed(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        return number.signum() > 0
                && number.compareTo(MAX) <= 0
                && number.stripTrailingZeros().scale() <= DECIMALS_MAX;
    }
}
