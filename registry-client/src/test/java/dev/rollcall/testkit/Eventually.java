package dev.rollcall.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for a condition, with a limit. For conditions without a latch or a queue. */
public final class Eventually {
    private static final long PERIOD_MILLIS = 2;
    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "eventually");
        thread.setDaemon(true);
        return thread;
    });

    private Eventually() {}

    /**
     * Returns as soon as the condition holds; fails if it doesn't within the limit.
     *
     * @param what the condition in words, for the failure's message
     * @param condition evaluated repeatedly, on another thread; an exception counts as false
     */
    public static void holds(String what, Duration limit, Callable<Boolean> condition) throws InterruptedException {
        var held = new CountDownLatch(1);
        var trouble = new AtomicReference<Throwable>();
        var asking = CLOCK.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (condition.call()) {
                            held.countDown();
                        }
                    } catch (Exception | AssertionError e) {
                        trouble.set(e);
                    }
                },
                0,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            if (!held.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("not within " + limit + ": " + what, trouble.get());
            }
        } finally {
            asking.cancel(false);
        }
    }
}
