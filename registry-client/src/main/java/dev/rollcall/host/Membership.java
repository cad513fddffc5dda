package dev.rollcall.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When an instance has to register: at first, after a failure ever more rarely, and again when the registry has gone
 * silent. Pure: time comes in as nanoseconds of a clock that only moves forward. Not thread-safe.
 *
 * <pre>
 *            failed (0.2 s doubling to 5 s, full jitter)
 *            ┌───┐
 * ABSENT ──▶ └─▶ registered ──▶ LISTED ── no heartbeat for the lapse ──▶ ABSENT
 * </pre>
 *
 * A plain registry that never asked for a heartbeat may not know how: its silence means nothing, and it would list a
 * second registration beside the first.
 */
final class Membership {
    private static final long FIRST_DELAY_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LAST_DELAY_NANOS = Duration.ofSeconds(5).toNanos();

    private final long lapseNanos;
    private final RandomGenerator random;
    private long dueNanos;
    private long delayNanos = FIRST_DELAY_NANOS;
    private long heardNanos;
    private boolean listed;
    private boolean heardWhileAbsent;
    private boolean silenceMeansGone;

    Membership(Duration lapse, RandomGenerator random, long now) {
        this.lapseNanos = lapse.toNanos();
        this.random = random;
        this.dueNanos = now;
    }

    /** How long until it has to register, 0 if now; {@link Long#MAX_VALUE} if nothing calls for it. */
    long nanosUntilDue(long now) {
        if (!listed) {
            return Math.max(0, dueNanos - now);
        }
        return silenceMeansGone ? Math.max(0, heardNanos + lapseNanos - now) : Long.MAX_VALUE;
    }

    /** The registry took the registration; {@code extended} if it is one that asks for heartbeats for sure. */
    void registered(long now, boolean extended) {
        listed = true;
        // the first heartbeat may be quicker than the answer to the registration
        silenceMeansGone = extended || heardWhileAbsent;
        heardWhileAbsent = false;
        heardNanos = now;
        delayNanos = FIRST_DELAY_NANOS;
    }

    /** Registering failed, or the registry has gone silent and is asked again. */
    void failed(long now) {
        listed = false;
        heardWhileAbsent = false;
        dueNanos = now + random.nextLong(delayNanos) + 1;
        delayNanos = Math.min(2 * delayNanos, LAST_DELAY_NANOS);
    }

    /** A heartbeat was asked for. */
    void heard(long now) {
        heardNanos = now;
        heardWhileAbsent = !listed;
        silenceMeansGone = true;
    }
}
