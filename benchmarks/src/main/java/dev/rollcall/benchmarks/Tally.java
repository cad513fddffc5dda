package dev.rollcall.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When each of the dependants 0 to n - 1 first got what a round waits for. Noted by the receiver's thread, read by
 * others once {@link #await} has returned {@code true}.
 */
final class Tally {
    private final Sign sign;
    private final long[] nanos;
    private final CountDownLatch missing;

    Tally(Sign sign, int dependants) {
        this.sign = sign;
        this.nanos = new long[dependants];
        this.missing = new CountDownLatch(dependants);
    }

    /** A dependant answered a patch at this time. */
    void note(int dependant, boolean adds, boolean removes, long now) {
        var counts = sign == Sign.ADDED ? adds : removes;
        if (counts && dependant >= 0 && dependant < nanos.length && nanos[dependant] == 0) {
            nanos[dependant] = now;
            missing.countDown();
        }
    }

    /** Whether all have it within the limit. */
    boolean await(long limitMillis) throws InterruptedException {
        return missing.await(limitMillis, TimeUnit.MILLISECONDS);
    }

    /** How many don't have it yet. */
    long missing() {
        return missing.getCount();
    }

    /** How long after the start each had it. */
    Sample since(long startNanos) {
        var sample = new Sample();
        for (var time : nanos) {
            sample.add((time - startNanos) / 1e6);
        }
        return sample;
    }

    /** What a patch must do to count. */
    enum Sign {
        /** It adds somebody. */
        ADDED,
        /** It removes somebody. */
        REMOVED
    }
}
