package dev.rollcall.shipping;

/** When to tell of something that happens again and again: the first time, then each time it is ten times as much. */
final class RepeatThrottle {
    private static final int FACTOR = 10;

    private long next = 1;

    /** Whether a count, which only grows, is to be told. */
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
