package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * A score or an item's points: an exact decimal from 0 to 1,000,000 with at most 6 decimals, without needless zeros.
 *
 * <p>Within these bounds {@link BigDecimal} never prints an exponent, so that 85 and 85.5 are written as such.
 */
public record Score(@JsonValue BigDecimal value) {
    /** What is allowed, as told to one who sent something else. */
    public static final String ALLOWED = "must be a number from 0 to 1000000 with at most 6 decimals";

    static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
    static final int DECIMALS_MAX = 6;

    /** Normalises; throws {@link IllegalArgumentException} out of bounds. */
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

    /** Of so many millionths, as it is kept. */
    public static Score ofMillionths(long millionths) {
        return new Score(BigDecimal.valueOf(millionths, DECIMALS_MAX));
    }

    /** In millionths. */
    public long millionths() {
        return value.movePointRight(DECIMALS_MAX).longValueExact();
    }

    /** Whether a number is a score. Looks at huge exponents (1e400000000) without writing them out. */
    public static boolean isAllowed(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        return number.signum() > 0
                && number.compareTo(MAX) <= 0
                && number.stripTrailingZeros().scale() <= DECIMALS_MAX;
    }
}
