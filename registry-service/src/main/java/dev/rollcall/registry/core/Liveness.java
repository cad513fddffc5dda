package dev.rollcall.registry.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides whether one instance is alive, from the results of its probes. Pure: time comes in as nanoseconds of a
 * monotonic clock. Not thread-safe.
 *
 * <pre>
 *                ALIVE                    SILENT                2 more failures
 * STARTING ─────────────────▶ PASSING ◀──────────▶ SUSPECT ─────────────────▶ EVICTED ── 10 min ──▶ forgotten
 *   │  any failure: probed again  │  ▲      ALIVE                                ▲  │
 *   │  50, 100, 200 … ms later   │  └────────────── ALIVE twice ────────────────│──┘
 *   │                            └── GONE, and again after 50 ms; UNWELL 3 times ┤
 *   └──── 3 failures, and 1 s since it registered ──▶ SUSPECT ── 3 more ─────────┘
 * </pre>
 *
 * <p>Failures of all kinds count in one series, which ALIVE or BUSY ends.
 *
 * <p>A newcomer has not responded with 200 since it registered. It is not announced, whatever its health. Its listener
 * may start after its registration, so it is probed soon and often at first, and has a second before it becomes suspect.
 */
final class Liveness {
    private static final long STARTING_DELAY = millis(50);
    private static final long GONE_RECHECK = millis(50);
    private static final long[] SILENT_RECHECKS = {millis(250), millis(500), millis(1_000)};
    private static final long UNWELL_RECHECK = millis(1_000);
    /**
     * A longer grace would hide a wrong HeartbeatURL, a shorter one would suspect a plain service that listens late.
     */
    private static final long NEWCOMER_GRACE = millis(1_000);

    private static final long NEWCOMER_RECHECK = millis(1_000);
    private static final long RETURN_RECHECK = millis(250);
    private static final long EVICTED_DELAY_MAX = millis(30_000);
    private static final int GONE_MAX = 2;
    private static final int FAILURES_MAX = 3;
    private static final int RETURN_SUCCESSES = 2;
    private static final double JITTER = 0.1;

    private final long intervalNanos;
    private final long forgetNanos;
    private final RandomGenerator random;
    private Health health;
    private boolean isNewcomer;
    private long nextProbeNanos;
    private long forgetAtNanos;
    private long graceUntilNanos;
    private long delayNanos = STARTING_DELAY;
    private int gone;
    private int failures;
    private int successes;

    private Liveness(Duration interval, Duration forget, RandomGenerator random, Health health, long now) {
        this.intervalNanos = interval.toNanos();
        this.forgetNanos = forget.toNanos();
        this.random = random;
        this.health = health;
        this.nextProbeNanos = now;
        this.forgetAtNanos = now + forgetNanos;
        this.graceUntilNanos = now;
    }

    /** Creates the liveness of a new instance, to be probed now. */
    static Liveness starting(Duration interval, Duration forget, RandomGenerator random, long now) {
        var liveness = new Liveness(interval, forget, random, Health.STARTING, now);
        liveness.isNewcomer = true;
        liveness.graceUntilNanos = now + NEWCOMER_GRACE;
        return liveness;
    }

    /** Creates the liveness of an instance that was announced before the restart, to be probed now. */
    static Liveness restored(Duration interval, Duration forget, RandomGenerator random, long now) {
        return new Liveness(interval, forget, random, Health.PASSING, now);
    }

    /** Creates the liveness of an instance without a HeartbeatURL. */
    static Liveness unchecked() {
        var never = Long.MAX_VALUE;
        var liveness = new Liveness(Duration.ZERO, Duration.ZERO, RandomGenerator.getDefault(), Health.UNCHECKED, 0);
        liveness.nextProbeNanos = never;
        liveness.forgetAtNanos = never;
        return liveness;
    }

    Health health() {
        return health;
    }

    /** Returns whether dependants are notified of it. */
    boolean isAnnounced() {
        return health.isAnnounced() && !isNewcomer;
    }

    /** Returns when to probe it next; {@link Long#MAX_VALUE} for never. */
    long nextProbeNanos() {
        return nextProbeNanos;
    }

    /** Returns whether it has been away for so long that it is to be removed from the roll. */
    boolean isForgetDue(long now) {
        return isAway() && now - forgetAtNanos >= 0;
    }

    /** Marks it as leaving; it is no longer probed. */
    void drain() {
        health = Health.DRAINING;
        nextProbeNanos = Long.MAX_VALUE;
    }

    /**
     * Discards recent measurements after a pause of the registry. An announced instance is probed anew, at a random
     * moment of the spread. One that is away gets the lost time on top before it is forgotten.
     */
    void paused(long lostNanos, long now, Duration spread) {
        if (isAway()) {
            forgetAtNanos += lostNanos;
        }
        if (health == Health.STARTING) {
            failures = 0;
        }
        if (health == Health.PASSING || health == Health.SUSPECT) {
            reset();
            nextProbeNanos = now + random.nextLong(spread.toNanos());
        }
    }

    private boolean isAway() {
        return health == Health.EVICTED || (isNewcomer && health != Health.DRAINING);
    }

    /** Probes it now, since something such as a closed connection hints that it may be gone. */
    void hint(long now) {
        if (isAnnounced()) {
            nextProbeNanos = Math.min(nextProbeNanos, now);
        }
    }

    /**
     * Handles a repeated registration, perhaps by a new process. An announced instance stays announced and is probed at
     * once; until the grace ends it is not evicted.
     */
    void reregistered(long now, Duration grace) {
        if (health == Health.UNCHECKED) {
            return;
        }
        if (!isAnnounced()) {
            health = Health.STARTING;
            isNewcomer = true;
        }
        reset();
        graceUntilNanos = now + grace.toNanos();
        forgetAtNanos = now + forgetNanos;
        nextProbeNanos = now;
    }

    /**
     * Applies the evidence of a probe.
     *
     * @param isDoubtful whether the registry suspects itself, so that a missing response evicts no instance
     */
    void apply(Evidence evidence, boolean isDoubtful, long now) {
        switch (health) {
            case STARTING -> newcomer(evidence, now);
            case PASSING -> announced(evidence, isDoubtful, now);
            case SUSPECT -> {
                if (isNewcomer) {
                    newcomer(evidence, now);
                } else {
                    announced(evidence, isDoubtful, now);
                }
            }
            case EVICTED -> evicted(evidence, now);
            case UNCHECKED, DRAINING ->
                throw new IllegalStateException("an instance is not probed while it is " + health);
        }
    }

    /** Only a 200 makes a newcomer a provider. No instance depends on it yet, so all failures count alike. */
    private void newcomer(Evidence evidence, long now) {
        if (evidence == Evidence.ALIVE) {
            pass(now);
            return;
        }
        failures++;
        if (health == Health.SUSPECT) {
            evictOrRecheck(now, failures >= FAILURES_MAX, Math.min(NEWCOMER_RECHECK, intervalNanos));
        } else if (failures >= FAILURES_MAX && now - graceUntilNanos >= 0) {
            health = Health.SUSPECT;
            failures = 0;
            nextProbeNanos = now + Math.min(NEWCOMER_RECHECK, intervalNanos);
        } else {
            nextProbeNanos = now + delayNanos;
            delayNanos = Math.min(2 * delayNanos, intervalNanos);
        }
    }

    private void announced(Evidence evidence, boolean isDoubtful, long now) {
        var isSpared = now - graceUntilNanos < 0;
        switch (evidence) {
            case ALIVE, BUSY -> pass(now);
            case GONE -> failed(now, ++gone >= GONE_MAX && !isSpared, GONE_RECHECK);
            case SILENT -> {
                health = Health.SUSPECT;
                var recheck = SILENT_RECHECKS[Math.min(failures, SILENT_RECHECKS.length - 1)];
                failed(now, failures + 1 >= FAILURES_MAX && !isSpared && !isDoubtful, recheck);
            }
            case UNWELL -> failed(now, failures + 1 >= FAILURES_MAX && !isSpared, UNWELL_RECHECK);
        }
    }

    private void failed(long now, boolean isEnough, long recheckNanos) {
        failures++;
        evictOrRecheck(now, isEnough, recheckNanos);
    }

    private void evictOrRecheck(long now, boolean isEnough, long recheckNanos) {
        if (isEnough) {
            evict(now);
        } else {
            nextProbeNanos = now + recheckNanos;
        }
    }

    private void evicted(Evidence evidence, long now) {
        if (evidence == Evidence.ALIVE) {
            if (++successes >= RETURN_SUCCESSES) {
                pass(now);
            } else {
                nextProbeNanos = now + RETURN_RECHECK;
            }
            return;
        }
        successes = 0;
        nextProbeNanos = now + delayNanos;
        delayNanos = Math.min(2 * delayNanos, EVICTED_DELAY_MAX);
    }

    private void pass(long now) {
        health = Health.PASSING;
        isNewcomer = false;
        reset();
        nextProbeNanos = now + jittered(intervalNanos);
    }

    private void evict(long now) {
        health = Health.EVICTED;
        reset();
        delayNanos = intervalNanos;
        nextProbeNanos = now + jittered(intervalNanos);
        forgetAtNanos = now + forgetNanos;
    }

    private void reset() {
        gone = 0;
        failures = 0;
        successes = 0;
        delayNanos = STARTING_DELAY;
    }

    /** Puts each probe on a phase of its own, so that a thousand instances are not probed at one tick. */
    private long jittered(long nanos) {
        return (long) (nanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
