package dev.rollcall.system.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another process shows only to those who ask: asks again until it is so, at most for a limit. */
public final class Await {
    private static final long AGAIN_MILLIS = 40;

    private Await() {}

    /** Until the assertion holds; fails as it failed last. What can't be asked yet counts as not holding yet. */
    public static void atMost(Duration limit, Assertion assertion) throws InterruptedException {
        var start = System.nanoTime();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError | IOException e) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new AssertionError("not so within " + limit.toMillis() + " ms: " + e.getMessage(), e);
                }
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        // no one counts it down: a process can't tell us
        var never = new CountDownLatch(1);
        if (never.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException();
        }
    }

    /** Throws if it isn't so. */
    @FunctionalInterface
    public interface Assertion {
        /** Throws {@link AssertionError} if it isn't so, {@link IOException} if that can't be told. */
        void check() throws IOException, InterruptedException;
    }
}
