package dev.rollcall.system.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a state of another process that can only be polled, up to a limit. */
public final class Await {
    private static final long AGAIN_MILLIS = 40;

    private Await() {}

    /**
     * Polls until the assertion holds; otherwise fails as it failed last. An {@link IOException} counts as not holding
     * yet.
     */
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
        // never counted down: another process can't notify this one
        var never = new CountDownLatch(1);
        if (never.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException();
        }
    }

    /** An assertion about another process. */
    @FunctionalInterface
    public interface Assertion {
        /** Throws {@link AssertionError} if it does not hold, {@link IOException} if that is unknown. */
        void check() throws IOException, InterruptedException;
    }
}
