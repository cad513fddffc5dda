package dev.rollcall.grading.sums;

/** Compares products of longs exactly, in 128 bits. */
final class Product {
    private Product() {}

    /** Compares {@code a * b} with {@code c * d}. */
    static int compare(long a, long b, long c, long d) {
        var high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
        return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
    }
}
