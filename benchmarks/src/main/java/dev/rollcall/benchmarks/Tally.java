package dev.rollcall.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Records when each of the dependants 0 to n - 1 first got the patch that a round waits for. Written by the receiver's
 * thread, read by others once {@link #await} has returned {@code true}.
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

    /** Notes a patch to a dependant. */
    void note(int dependant, boolean adds, boolean removes, long now) {
        var counts = sign == Sign.ADDED ? adds : removes;
        if (counts && dependant >= 0 && dependant < nanos.length && nanos[dependant] == 0) {
            nanos[dependant] = now;
            missing.countDown();
        }
    }

    /** Waits until all have it; returns {@code false} after the limit. */
    boolean await(long limitMillis) throws InterruptedException {
        return missing.await(limitMillis, TimeUnit.MILLISECONDS);
    }

    /** Returns how many don't have it yet. */
    long missing() {
        return missing.getCount();
    }

    /** Returns how long after the start each had it. */
    Sample since(long startNanos) {
        var sample = new Sample();
        for (var time : nanos) {
            sample.add((time - startNanos) / 1e6);
        }
        return sample;
    }

    /** The kind of patch that counts. */
    enum Sign {
        /** It adds a provider. */
        ADDED,
        /** It removes a provider. */
        REMOVED
    }
}
