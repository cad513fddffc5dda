package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * A score: an exact decimal from 0 to 1,000,000 with at most 6 decimals, without needless zeros.
 *
 * <p>Within these bounds {@link BigDecimal} never prints an exponent, so that 85 and 85.5 are written as such.
 */
record Score(@JsonValue BigDecimal value) {
    static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
    static final int DECIMALS_MAX = 6;

    /** What is allowed, as told to one who sent something else. */
    static final String ALLOWED = "must be a number from 0 to 1000000 with at most 6 decimals";

    /** Normalises; throws {@link IllegalArgumentException} out of bounds. */
    Score {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("a score " + ALLOWED);
        }
        value = value.stripTrailingZeros();
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
    }

    /** Whether a number is a score. Looks at huge exponents (1e400000000) without writing them out. */
    static boolean isAllowed(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        return number.signum() > 0
                && number.compareTo(MAX) <= 0
                && number.stripTrailingZeros().scale() <= DECIMALS_MAX;
    }
}
