package dev.rollcall.registry;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Delays the registry's shutdown. A machine that shuts down stops all processes at the same time. The grace lets the
 * services deregister, so that the registry does not find them dead after the restart. It ends when all instances on
 * the roll are evicted, when nothing has changed for 300 ms, and after 2 s.
 */
final class ShutdownGrace {
    private static final long QUIET_NANOS = Duration.ofMillis(300).toNanos();
    private static final long LIMIT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long POLL_MILLIS = 20;

    private final Supplier<RollView> view;
    private final LongSupplier nanoTime;
    private final CountDownLatch never = new CountDownLatch(1);

    ShutdownGrace(Supplier<RollView> view, LongSupplier nanoTime) {
        this.view = view;
        this.nanoTime = nanoTime;
    }

    /** Waits until the grace ends or the thread is interrupted. */
    void await() throws InterruptedException {
        var start = nanoTime.getAsLong();
        var changed = start;
        var seen = view.get();
        for (var now = start; hasInstances(seen) && now - changed < QUIET_NANOS && now - start < LIMIT_NANOS; ) {
            if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the latch is never counted down");
            }
            now = nanoTime.getAsLong();
            var next = view.get();
            changed = next.revision() == seen.revision() ? changed : now;
            seen = next;
        }
    }

    private static boolean hasInstances(RollView roll) {
        return roll.entries().stream().map(RollView.Entry::health).anyMatch(health -> health != Health.EVICTED);
    }
}
