package dev.rollcall.log.store;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that runs {@link Retention}: periodically, and when a segment was closed. */
final class RetentionThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionThread.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long CLOSE_MILLIS_MAX = 5_000;
    private final Retention retention;
    private final InstantSource clock;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "log-retention");
    private volatile boolean isFailing;

    RetentionThread(Retention retention, InstantSource clock) {
        this.retention = retention;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Starts a round now. */
    void wake() {
        wakes.release();
    }

    /** Returns whether the last round failed. */
    boolean isFailing() {
        return isFailing;
    }

    @Override
    public void close() {
        closed.countDown();
        wake();
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                if (!tidy()) {
                    var unused = wakes.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                    wakes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable cause) {
        var wasFailing = isFailing;
        isFailing = true;
        try {
            if (!wasFailing) {
                LOG.atWarn()
                        .setCause(cause)
                        .log("segments can't be sealed or deleted; retried; check the data directory");
            }
        } catch (RuntimeException | Error e) {
            // no memory to log it; /health has the reason
            isFailing = true;
        }
    }

    private boolean tidy() {
        try {
            var hasMore = retention.tidy(clock.instant());
            if (isFailing) {
                LOG.atInfo().log("segments are sealed and deleted again");
            }
            isFailing = false;
            return hasMore;
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
            return false;
        }
    }
}
