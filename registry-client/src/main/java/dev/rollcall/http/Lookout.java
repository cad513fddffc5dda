package dev.rollcall.http;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that has {@link Watchdog}s look at what they look after, ten times a second. */
final class Lookout implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final List<Watchdog> watchdogs;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "http-lookout");

    Lookout(List<Watchdog> watchdogs) {
        this.watchdogs = List.copyOf(watchdogs);
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
                watchdogs.forEach(watchdog -> watchdog.look(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
