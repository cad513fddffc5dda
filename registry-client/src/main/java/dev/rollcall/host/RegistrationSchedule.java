package dev.rollcall.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When an instance has to register: at first, after a failure ever more rarely, and again when the registry has been
 * silent for longer than {@link RegistrySilence} allows. Pure: time comes in as nanoseconds of a clock that only moves forward.
 * Not thread-safe.
 *
 * <pre>
 *            failed (0.2 s doubling to 5 s, full jitter)
 *            ┌───┐
 * ABSENT ──▶ └─▶ registered ──▶ LISTED ── no heartbeat for too long ──▶ ABSENT
 * </pre>
 */
final class RegistrationSchedule {
    private static final long FIRST_DELAY_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LAST_DELAY_NANOS = Duration.ofSeconds(5).toNanos();

    private final RegistrySilence registrySilence;
    private final RandomGenerator random;
    private long dueNanos;
    private long delayNanos = FIRST_DELAY_NANOS;
    private long quietSinceNanos;
    private boolean listed;
    private boolean listedAtExtended;
    private boolean heardSinceListed;
    private boolean forgotten;

    /**
     * An instance that has to register now.
     *
     * @param interval the interval at which registries usually probe
     */
    RegistrationSchedule(Duration interval, RandomGenerator random, long now) {
        this.registrySilence = new RegistrySilence(interval);
        this.random = random;
        this.dueNanos = now;
    }

    /** Returns how long until it has to register, 0 if now. */
    long nanosUntilDue(long now) {
        if (!listed) {
            return Math.max(0, dueNanos - now);
        }
        return forgotten ? 0 : Math.max(0, registrySilence.nanos() - (now - quietSinceNanos));
    }

    /** The registry took the registration; {@code extended} if it speaks the extended layer. */
    void registered(long now, boolean extended) {
        if (listed) {
            registrySilence.ranOut();
        }
        registrySilence.isExtended(extended);
        listed = true;
        listedAtExtended = extended;
        heardSinceListed = false;
        forgotten = false;
        quietSinceNanos = now;
        delayNanos = FIRST_DELAY_NANOS;
    }

    /** The registry said that it didn't list this instance any more, which therefore registers now. */
    void wasForgotten(long now) {
        listed = false;
        dueNanos = now;
    }

    /** Registering failed. */
    void failed(long now) {
        listed = false;
        dueNanos = now + random.nextLong(delayNanos) + 1;
        delayNanos = Math.min(2 * delayNanos, LAST_DELAY_NANOS);
    }

    /**
     * A heartbeat was asked for. One that comes too late, as after a suspension, doesn't show that it is listed; nor
     * does one that isn't the extended registry's, but a person's or a container's.
     */
    void heard(long now, boolean extended) {
        if (listed && listedAtExtended && !extended) {
            return;
        }
        var quiet = now - quietSinceNanos;
        if (listed && quiet >= registrySilence.nanos()) {
            forgotten = true;
        } else if (listed && heardSinceListed) {
            registrySilence.heardAfter(quiet);
        }
        heardSinceListed = listed;
        quietSinceNanos = now;
    }
}
