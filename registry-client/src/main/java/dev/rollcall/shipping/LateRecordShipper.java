package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns an appender's shipper, and accepts records also after the appender has stopped, until the JVM ends. Thread-safe.
 *
 * <pre>
 *   ATTENDED ── stop ──▶ LATE ── all sent or flush over, and quiet ──▶ no shipper, no thread, no hook
 *      │                  ▲ └── the JVM ends ──┐                                    │
 *      │                  └──── a record ──────│────────────────────────────────────┘
 *      └── the JVM ends ──▶ ENDING ◀───────────┘
 * </pre>
 *
 * <p>While attended, calls never block. A late record is in the spill when the call returns, because the JVM may end at
 * any moment. While the JVM ends, the call also waits until the record is sent; all these waits together last no longer
 * than {@link ShippingSettings#flush}.
 */
final class LateRecordShipper {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    /** Longer than a new configuration takes, or the last records of a web application. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Supplier<LogShipper> opener;
    private final ShippingSettings settings;
    /** Held while a late record is put into a shipper, so that the shipper is not closed at that moment. */
    private final ReentrantLock lateLock = new ReentrantLock();

    private volatile LogShipper shipper;
    private volatile boolean isLate;
    private volatile boolean isEnding;
    private volatile long endNanos;
    private volatile long lastLateNanos;
    private boolean isClosed;
    private @Nullable Thread hook;

    private LateRecordShipper(Supplier<LogShipper> opener, ShippingSettings settings) {
        this.opener = opener;
        this.settings = settings;
        this.shipper = opener.get();
    }

    /**
     * Starts a shipper.
     *
     * @param opener starts a shipper: now, and for records after that one was closed
     */
    static LateRecordShipper open(Supplier<LogShipper> opener, ShippingSettings settings) {
        var late = new LateRecordShipper(opener, settings);
        late.addHook();
        return late;
    }

    /** Accepts an event. Blocks only for late records. Throws nothing. */
    void accept(ILoggingEvent event) {
        if (isLate || !shipper.accept(event)) {
            try {
                acceptLate(event);
            } catch (RuntimeException | Error e) {
                // the caller's stack is exhausted, or a stopped servlet container gives out no more classes
                shipper.countDropped();
            }
        }
    }

    /**
     * Writes accepted records, sends the rest in the background, and accepts late records from now on. Waits for the
     * network only without a spill directory.
     */
    void stop() {
        isLate = true;
        if (settings.spill().isPresent()) {
            shipper.awaitWritten(WRITE_LIMIT);
        } else {
            shipper.flush(settings.flush());
        }
        if (!isEnding()) {
            closeWhenQuiet();
        }
    }

    /** Whether the JVM is ending. */
    boolean isEnding() {
        if (!isEnding) {
            var probe = new Thread(() -> {});
            try {
                Runtime.getRuntime().addShutdownHook(probe);
                Runtime.getRuntime().removeShutdownHook(probe);
            } catch (IllegalStateException e) {
                startEnd();
            }
        }
        return isEnding;
    }

    private void acceptLate(ILoggingEvent event) {
        // outside the lock, because it runs the caller's code
        var captured = shipper.capture(event);
        LogShipper target;
        lateLock.lock();
        try {
            lastLateNanos = System.nanoTime();
            if (isClosed) {
                reopen();
            }
            target = shipper;
            target.offer(captured);
        } finally {
            lateLock.unlock();
        }
        target.awaitWritten(WRITE_LIMIT);
        if (isEnding) {
            target.flush(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
        }
    }

    private void reopen() {
        shipper = opener.get();
        isClosed = false;
        addHook();
        if (!isEnding()) {
            closeWhenQuiet();
        }
    }

    private void closeWhenQuiet() {
        lastLateNanos = System.nanoTime();
        new ShippingThread(this::awaitQuietAndClose, "log-shipping-stop").start();
    }

    private void awaitQuietAndClose() {
        try {
            shipper.flush(settings.flush());
            for (var wait = nanosUntilQuiet(); wait > 0; wait = nanosUntilQuiet()) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinkageError e) {
            // a servlet container gives out no classes to an application that it has stopped
        }
        try {
            close();
        } catch (LinkageError e) {
            // as above; the rest is on disk and free for the next start
        }
    }

    private long nanosUntilQuiet() {
        return lastLateNanos + QUIET.toNanos() - System.nanoTime();
    }

    private void close() {
        LogShipper closed;
        lateLock.lock();
        try {
            if (isClosed || isEnding()) {
                return;
            }
            isClosed = true;
            closed = shipper;
            removeHook();
        } finally {
            lateLock.unlock();
        }
        closed.close();
    }

    private void addHook() {
        var step = new ShippingThread(this::flushAtEnd, "log-shipping-end");
        try {
            Runtime.getRuntime().addShutdownHook(step);
            hook = step;
        } catch (IllegalStateException e) {
            startEnd();
        }
    }

    /** Releases the class loader that the hook refers to. */
    private void removeHook() {
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
                hook = null;
            }
        } catch (IllegalStateException e) {
            startEnd();
        }
    }

    private void flushAtEnd() {
        startEnd();
        shipper.flush(settings.flush());
        lateLock.lock();
        try {
            if (!isClosed && shipper.stats().pendingRecords() == 0) {
                // leaves nothing behind; a record that still comes gets a session of its own
                isClosed = true;
                shipper.close();
            }
        } finally {
            lateLock.unlock();
        }
    }

    private void startEnd() {
        if (!isEnding) {
            endNanos = System.nanoTime() + settings.flush().toNanos();
            isEnding = true;
        }
        isLate = true;
    }
}
