package dev.rollcall.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** The thread that runs periodic checks, such as those of {@link WriteTimeouts}, ten times a second. */
final class Ticker implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Check[] checks;
    private final Thread thread = new Thread(this::run, "http-ticker");
    private volatile boolean isStarted;
    private volatile boolean isClosed;

    Ticker(List<LongConsumer> checks) {
        this.checks = checks.stream().map(Check::new).toArray(Check[]::new);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
        isStarted = true;
    }

    /** Returns why slow clients may hold up others; empty if all is well. */
    List<String> healthReasons() {
        var reasons = new ArrayList<String>();
        for (var check : checks) {
            reasons.addAll(check.repeatingTask.healthReasons());
        }
        if (isStarted && !isClosed && !thread.isAlive()) {
            reasons.add("slow clients are no longer cut off: the thread for it has ended");
        }
        return reasons;
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    /** Allocates nothing, because there may be no memory left. */
    private void run() {
        while (!isClosed && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PERIOD_NANOS);
            for (var check : checks) {
                check.repeatingTask.run(check);
            }
        }
    }

    private static final class Check implements Runnable {
        private final LongConsumer check;
        private final RepeatingTask repeatingTask =
                new RepeatingTask("slow clients may hold up others: cutting them off fails");

        private Check(LongConsumer check) {
            this.check = check;
        }

        @Override
        public void run() {
            check.accept(System.nanoTime());
        }
    }
}
