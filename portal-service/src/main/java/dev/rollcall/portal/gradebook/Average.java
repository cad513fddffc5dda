package dev.rollcall.portal.gradebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** An average, kept exactly as a sum and a count; rounded only for display. */
record Average(BigDecimal sum, int count) {
    /** The number of decimals shown; the page states it. */
    static final int DECIMALS_SHOWN = 2;

    /** Throws {@link IllegalArgumentException} if {@code count} is below 1. */
    Average {
        if (count < 1) {
            throw new IllegalArgumentException("an average needs at least one number");
        }
    }

    /** Returns the average of numbers; empty if there are none. */
    static Optional<Average> of(List<BigDecimal> numbers) {
        var sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return numbers.isEmpty() ? Optional.empty() : Optional.of(new Average(sum, numbers.size()));
    }

    /** Returns the average rounded for display, halves away from zero: 89.00, 66.67. */
    BigDecimal rounded() {
        return sum.divide(BigDecimal.valueOf(count), DECIMALS_SHOWN, RoundingMode.HALF_UP);
    }
}
