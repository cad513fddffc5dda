package dev.rollcall.log.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which segments are closed and deleted for their age: the wall clock's, but a jump of it counts only once it
 * has lasted. So nothing is deleted because a clock was set wrong for a moment. Thread-safe.
 */
final class AgeClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(AgeClock.class);
    /** Less is how clocks are corrected, more is a jump. */
    private static final Duration JUMP = Duration.ofMinutes(1);
    /** Longer than time synchronization needs after a start, shorter than anybody waits for room on the disk. */
    static final Duration LASTING = Duration.ofHours(1);
    /** How long a service may have been off before its clock is doubted at the start. */
    private static final Duration PAUSE = Duration.ofDays(1);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private Instant time;
    private long nanos;
    private boolean isJump;
    private long jumpNanos;

    /**
     * Begins with the wall clock's time, unless that is long after all that is known of the store.
     *
     * @param newest when a segment was closed last
     * @param nanoTime a clock that doesn't jump, in nanoseconds
     */
    AgeClock(InstantSource wall, LongSupplier nanoTime, Optional<Instant> newest) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.nanos = nanoTime.getAsLong();
        var now = wall.instant();
        this.time = newest.filter(known -> known.isBefore(now.minus(PAUSE))).orElse(now);
    }

    @Override
    public synchronized Instant instant() {
        var nanosNow = nanoTime.getAsLong();
        time = time.plusNanos(nanosNow - nanos);
        nanos = nanosNow;
        var now = wall.instant();
        var isFar = Duration.between(time, now).abs().compareTo(JUMP) > 0;
        if (!isFar || (isJump && nanosNow - jumpNanos >= LASTING.toNanos())) {
            isJump = false;
            time = now;
        } else if (!isJump) {
            isJump = true;
            jumpNanos = nanosNow;
            LOG.atWarn()
                    .addKeyValue("expected", time)
                    .addKeyValue("found", now)
                    .log(
                            "the clock jumped, or the service was off for long; segments age by it in an hour if it stays so");
        }
        return time;
    }
}
