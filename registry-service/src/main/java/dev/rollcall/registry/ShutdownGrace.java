package dev.rollcall.registry;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Has a registry that is asked to stop go on for a moment: who is asked to stop in the same instant, as a machine that
 * shuts down asks all, then leaves the roll in good order and isn't found dead on it after the restart. The wait ends
 * when nobody is on the roll who could leave, when nothing has changed for 300 ms, and after 2 s.
 */
final class ShutdownGrace {
    private static final long QUIET_NANOS = Duration.ofMillis(300).toNanos();
    private static final long LIMIT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_MILLIS = 20;

    private final Supplier<RollView> roll;
    private final LongSupplier nanoTime;
    private final CountDownLatch never = new CountDownLatch(1);

    /**
     * Nothing waits yet.
     *
     * @param roll as it is now
     * @param nanoTime as {@link System#nanoTime}
     */
    ShutdownGrace(Supplier<RollView> roll, LongSupplier nanoTime) {
        this.roll = roll;
        this.nanoTime = nanoTime;
    }

    /** Waits; an interruption ends that. */
    void await() throws InterruptedException {
        var start = nanoTime.getAsLong();
        var changed = start;
        var seen = roll.get();
        for (var now = start; isAnyoneLeft(seen) && now - changed < QUIET_NANOS && now - start < LIMIT_NANOS; ) {
            if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
            now = nanoTime.getAsLong();
            var next = roll.get();
            changed = next.revision() == seen.revision() ? changed : now;
            seen = next;
        }
    }

    private static boolean isAnyoneLeft(RollView view) {
        return view.entries().stream().map(RollView.Entry::health).anyMatch(health -> health != Health.EVICTED);
    }
}
