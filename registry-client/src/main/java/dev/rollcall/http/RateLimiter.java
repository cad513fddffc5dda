package dev.rollcall.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Admits a number of events per second, and as many at once after a quiet second (the generic cell rate algorithm,
 * ITU-T I.371). Thread-safe and lock-free.
 */
final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;

    private final long spacingNanos;
    private final AtomicLong reservedUntil;

    /** Creates a limiter that starts after a quiet second; {@code now} as {@link System#nanoTime}. */
    RateLimiter(int perSecond, long now) {
        this.spacingNanos = SECOND / perSecond;
        this.reservedUntil = new AtomicLong(now);
    }

    /** Counts one more event if it is within the bound, and returns whether it is. */
    boolean tryAcquire(long now) {
        while (true) {
            var reserved = reservedUntil.get();
            var begin = reserved - now > 0 ? reserved : now;
            if (begin + spacingNanos - now > SECOND) {
                return false;
            }
            if (reservedUntil.compareAndSet(reserved, begin + spacingNanos)) {
                return true;
            }
        }
    }
}
