package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** An exact quotient of whole numbers, with a positive denominator. */
record Ratio(BigInteger numerator, BigInteger denominator) implements Comparable<Ratio> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Ratio of(long upper, long lower) {
        return new Ratio(BigInteger.valueOf(upper), BigInteger.valueOf(lower));
    }

    Ratio plus(Ratio other) {
        return new Ratio(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Ratio times(long factor) {
        return new Ratio(numerator.multiply(BigInteger.valueOf(factor)), denominator);
    }

    Ratio dividedBy(long divisor) {
        return new Ratio(numerator, denominator.multiply(BigInteger.valueOf(divisor)));
    }

    /** Returns the ratio as a percentage, rounded half up to two decimals. */
    BigDecimal percent() {
        return Rounded.of(HUNDRED.multiply(new BigDecimal(numerator))
                .divide(new BigDecimal(denominator), Rounded.DECIMALS, RoundingMode.HALF_UP));
    }

    @Override
    public int compareTo(Ratio other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
