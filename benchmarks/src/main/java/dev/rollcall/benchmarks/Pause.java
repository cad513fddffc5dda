package dev.rollcall.benchmarks;

import java.util.concurrent.TimeUnit;

/** A pause, so that one round does not run into the next. */
final class Pause {
    private Pause() {}

    static void millis(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
