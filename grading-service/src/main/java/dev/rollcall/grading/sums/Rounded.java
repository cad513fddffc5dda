package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers for display: rounded half up to two decimals, without trailing zeros. */
final class Rounded {
    static final int DECIMALS = 2;
    /** Scores are whole millionths. */
    private static final int SCALE = 6;

    private Rounded() {}

    static BigDecimal of(BigDecimal number) {
        var plain = number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** Divides millionths and rounds the result. */
    static BigDecimal quotient(BigDecimal millionths, long divisor) {
        return of(millionths.movePointLeft(SCALE).divide(BigDecimal.valueOf(divisor), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Returns the exact number, without trailing zeros. */
    static BigDecimal exactly(long millionths) {
        var plain = BigDecimal.valueOf(millionths, SCALE).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
