package dev.rollcall.shipping;

/** Decides when to log a repeating event: the first time, then whenever the count has grown tenfold. */
final class RepeatThrottle {
    private static final int FACTOR = 10;

    private long next = 1;

    /** Whether to log a count, which only grows. */
    boolean isDue(long count) {
        if (count < next) {
            return false;
        }
        while (next <= count) {
            next *= FACTOR;
        }
        return true;
    }
}
