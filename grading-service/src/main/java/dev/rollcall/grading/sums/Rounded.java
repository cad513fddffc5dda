package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as they are shown: at most two decimals, halves up, without needless zeros. */
final class Rounded {
    static final int DECIMALS = 2;
    /** Numbers here are whole millionths. */
    private static final int SCALE = 6;

    private Rounded() {}

    static BigDecimal of(BigDecimal number) {
        var plain = number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** Of so many millionths, divided. */
    static BigDecimal quotient(BigDecimal millionths, long divisor) {
        return of(millionths.movePointLeft(SCALE).divide(BigDecimal.valueOf(divisor), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Exactly, without needless zeros. */
    static BigDecimal exactly(long millionths) {
        var plain = BigDecimal.valueOf(millionths, SCALE).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
