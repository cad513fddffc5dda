package dev.rollcall.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides when an instance registers: at first, after a failure at growing intervals, and again when the registry has
 * been silent for longer than {@link RegistrySilence} allows. Pure: time comes in as nanoseconds of a monotonic clock.
 * Not thread-safe.
 *
 * <pre>
 *            failed (0.2 s doubling to 5 s, full jitter)
 *            ┌───┐
 * ABSENT ──▶ └─▶ registered ──▶ LISTED ── no heartbeat for too long ──▶ ABSENT
 * </pre>
 */
final class RegistrationSchedule {
    private static final long DELAY_MIN_NANOS = Duration.ofMillis(200).toNanos();
    private static final long DELAY_MAX_NANOS = Duration.ofSeconds(5).toNanos();

    private final RegistrySilence registrySilence;
    private final RandomGenerator random;
    private long dueNanos;
    private long delayNanos = DELAY_MIN_NANOS;
    private long heartbeatNanos;
    private boolean isListed;
    private boolean isListedAtExtended;
    private boolean hasHeartbeat;
    private boolean isForgotten;

    /**
     * Creates a schedule that is due now.
     *
     * @param interval the usual heartbeat interval of registries
     */
    RegistrationSchedule(Duration interval, RandomGenerator random, long now) {
        this.registrySilence = new RegistrySilence(interval);
        this.random = random;
        this.dueNanos = now;
    }

    /** Returns the nanoseconds until a registration is due, 0 if now. */
    long nanosUntilDue(long now) {
        if (!isListed) {
            return Math.max(0, dueNanos - now);
        }
        return isForgotten ? 0 : Math.max(0, registrySilence.nanos() - (now - heartbeatNanos));
    }

    /** Notes a successful registration; {@code extended} if the registry supports the extended layer. */
    void registered(long now, boolean extended) {
        if (isListed) {
            registrySilence.limitReached();
        }
        registrySilence.setExtended(extended);
        isListed = true;
        isListedAtExtended = extended;
        hasHeartbeat = false;
        isForgotten = false;
        heartbeatNanos = now;
        delayNanos = DELAY_MIN_NANOS;
    }

    /** Notes that the registry no longer lists this instance. A registration is due now. */
    void wasForgotten(long now) {
        isListed = false;
        dueNanos = now;
    }

    /** Notes a failed registration. */
    void failed(long now) {
        isListed = false;
        dueNanos = now + random.nextLong(delayNanos) + 1;
        delayNanos = Math.min(2 * delayNanos, DELAY_MAX_NANOS);
    }

    /**
     * Notes a heartbeat. A late one, as after a suspension, does not show that the instance is listed. Neither does one
     * that is not the extended registry's, but a person's or a container's.
     */
    void heartbeatReceived(long now, boolean extended) {
        if (isListed && isListedAtExtended && !extended) {
            return;
        }
        var quiet = now - heartbeatNanos;
        if (isListed && quiet >= registrySilence.nanos()) {
            isForgotten = true;
        } else if (isListed && hasHeartbeat) {
            registrySilence.addInterval(quiet);
        }
        hasHeartbeat = isListed;
        heartbeatNanos = now;
    }
}
