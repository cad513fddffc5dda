package dev.rollcall.http;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The thread that has {@link Watchdog}s and the like look at what they look after, ten times a second. */
final class Lookout implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final List<LongConsumer> looks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "http-lookout");

    Lookout(List<LongConsumer> looks) {
        this.looks = List.copyOf(looks);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                var now = System.nanoTime();
                looks.forEach(look -> look.accept(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
