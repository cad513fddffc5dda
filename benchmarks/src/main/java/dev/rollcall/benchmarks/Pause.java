package dev.rollcall.benchmarks;

import java.util.concurrent.TimeUnit;

/** Time in which nothing is done, so that one round doesn't run into the next. */
final class Pause {
    private Pause() {}

    static void millis(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
