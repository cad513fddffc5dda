package dev.rollcall.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** The thread that has {@link WriteTimeouts}s and the like look at what they look after, ten times a second. */
final class Ticker implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Look[] looks;
    private final Thread thread = new Thread(this::run, "http-lookout");
    private volatile boolean isStarted;
    private volatile boolean isClosed;

    Ticker(List<LongConsumer> looks) {
        this.looks = looks.stream().map(Look::new).toArray(Look[]::new);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
        isStarted = true;
    }

    /** Returns why slow clients may hold up others; empty if all is well. */
    List<String> healthReasons() {
        var doubts = new ArrayList<String>();
        for (var look : looks) {
            doubts.addAll(look.repeatingTask.healthReasons());
        }
        if (isStarted && !isClosed && !thread.isAlive()) {
            doubts.add("slow clients are no longer cut off: the thread for it has ended");
        }
        return doubts;
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    /** Nothing here takes memory, of which there may be none left. */
    private void run() {
        while (!isClosed && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PERIOD_NANOS);
            for (var look : looks) {
                look.repeatingTask.run(look);
            }
        }
    }

    private static final class Look implements Runnable {
        private final LongConsumer look;
        private final RepeatingTask repeatingTask =
                new RepeatingTask("slow clients may hold up others: cutting them off fails");

        private Look(LongConsumer look) {
            this.look = look;
        }

        @Override
        public void run() {
            look.accept(System.nanoTime());
        }
    }
}
