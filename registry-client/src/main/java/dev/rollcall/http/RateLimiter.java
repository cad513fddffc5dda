package dev.rollcall.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many through a second, and as many at once after a quiet second (the generic cell rate algorithm, ITU-T
 * I.371). Thread-safe, without a lock.
 */
final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;

    private final long spacingNanos;
    private final AtomicLong paidUntil;

    /** A bound that begins with a quiet second; {@code now} as {@link System#nanoTime}. */
    RateLimiter(int perSecond, long now) {
        this.spacingNanos = SECOND / perSecond;
        this.paidUntil = new AtomicLong(now);
    }

    /** Whether one more is within the bound; then it counts. */
    boolean admits(long now) {
        while (true) {
            var paid = paidUntil.get();
            var begin = paid - now > 0 ? paid : now;
            if (begin + spacingNanos - now > SECOND) {
                return false;
            }
            if (paidUntil.compareAndSet(paid, begin + spacingNanos)) {
                return true;
            }
        }
    }
}
