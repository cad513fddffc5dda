package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** An exact quotient of whole numbers; the lower one is positive. */
record Ratio(BigInteger upper, BigInteger lower) implements Comparable<Ratio> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Ratio of(long upper, long lower) {
        return new Ratio(BigInteger.valueOf(upper), BigInteger.valueOf(lower));
    }

    Ratio plus(Ratio other) {
        return new Ratio(upper.multiply(other.lower).add(other.upper.multiply(lower)), lower.multiply(other.lower));
    }

    Ratio times(long factor) {
        return new Ratio(upper.multiply(BigInteger.valueOf(factor)), lower);
    }

    Ratio dividedBy(long divisor) {
        return new Ratio(upper, lower.multiply(BigInteger.valueOf(divisor)));
    }

    /** As a percentage, rounded half up. */
    BigDecimal percent() {
        return Rounded.of(HUNDRED.multiply(new BigDecimal(upper))
                .divide(new BigDecimal(lower), Rounded.DECIMALS, RoundingMode.HALF_UP));
    }

    @Override
    public int compareTo(Ratio other) {
        return upper.multiply(other.lower).compareTo(other.upper.multiply(lower));
    }
}
