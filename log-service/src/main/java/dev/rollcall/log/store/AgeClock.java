package dev.rollcall.log.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which segments are closed and deleted for their age. Follows the wall clock, but a jump counts only once
 * it has lasted for {@link #LASTING}, so that a briefly wrong clock deletes nothing. Thread-safe.
 */
final class AgeClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(AgeClock.class);
    /** Clock corrections are smaller; a larger step is a jump. */
    private static final Duration JUMP = Duration.ofMinutes(1);
    /** Longer than time synchronization takes after a start, and short enough for a filling disk. */
    static final Duration LASTING = Duration.ofHours(1);
    /** How long a service may have been stopped before the clock at its start is doubted. */
    private static final Duration PAUSE = Duration.ofDays(1);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private Instant time;
    private long nanos;
    private boolean isJump;
    private long jumpNanos;

    /**
     * Starts with the wall clock's time, unless that is more than a day after the last known event of the store.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param newest when a segment was last closed
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
                            "the clock jumped, or the service was stopped for over a day; the new time counts if it lasts an hour");
        }
        return time;
    }
}
