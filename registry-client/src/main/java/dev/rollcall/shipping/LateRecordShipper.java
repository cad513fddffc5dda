package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a shipper for an appender, and takes records also after the appender has stopped, until the JVM ends.
 * Thread-safe.
 *
 * <pre>
 *   ATTENDED ── stop ──▶ LATE ── all sent, or the flush is over, and quiet ──▶ no shipper, no thread, no hook
 *      │                  ▲ └── the JVM ends ──┐                                     │
 *      │                  └──── a record ──────│─────────────────────────────────────┘
 *      └── the JVM ends ──▶ ENDING ◀───────────┘
 * </pre>
 *
 * <p>As long as it is attended, nobody waits. A late record is in the spill when the call returns, since nobody knows how
 * long the JVM goes on. While the JVM ends, the call also waits until the record is sent; all these waits together last
 * no longer than {@link ShippingSettings#flush}.
 */
final class LateRecordShipper {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    /** Longer than a new configuration takes, or the last words of a web application. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Supplier<LogShipper> opener;
    private final ShippingSettings settings;
    /** Held while a late record is put into a shipper, so that the shipper isn't closed just then. */
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
     * Begins to ship.
     *
     * @param opener starts a shipper: now, and for records that come after that one was closed
     */
    static LateRecordShipper open(Supplier<LogShipper> opener, ShippingSettings settings) {
        var lasting = new LateRecordShipper(opener, settings);
        lasting.hookIn();
        return lasting;
    }

    /** Takes what is logged. Waits only if the record is a late one. Throws nothing. */
    void accept(ILoggingEvent event) {
        if (isLate || !shipper.accept(event)) {
            try {
                acceptLate(event);
            } catch (RuntimeException | Error e) {
                // a caller whose stack is at its end, or that a servlet container has stopped: it gives no more classes
                shipper.countDropped();
            }
        }
    }

    /**
     * Writes down what was taken. Sends the rest in the background, and takes late records. Waits for the network only
     * without a directory for what waits.
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
        // outside the lock: it runs code of the caller's
        var capturedEvent = shipper.capture(event);
        LogShipper taker;
        lateLock.lock();
        try {
            lastLateNanos = System.nanoTime();
            if (isClosed) {
                reopen();
            }
            taker = shipper;
            taker.offer(capturedEvent);
        } finally {
            lateLock.unlock();
        }
        taker.awaitWritten(WRITE_LIMIT);
        if (isEnding) {
            taker.flush(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
        }
    }

    private void reopen() {
        shipper = opener.get();
        isClosed = false;
        hookIn();
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
            // a servlet container gives no more classes to an application that it has stopped
        }
        try {
            close();
        } catch (LinkageError e) {
            // as above; what is left is on disk, and free for the next start
        }
    }

    private long nanosUntilQuiet() {
        return lastLateNanos + QUIET.toNanos() - System.nanoTime();
    }

    private void close() {
        LogShipper closing;
        lateLock.lock();
        try {
            if (isClosed || isEnding()) {
                return;
            }
            isClosed = true;
            closing = shipper;
            unhook();
        } finally {
            lateLock.unlock();
        }
        closing.close();
    }

    private void hookIn() {
        var step = new ShippingThread(this::flushAtEnd, "log-shipping-end");
        try {
            Runtime.getRuntime().addShutdownHook(step);
            hook = step;
        } catch (IllegalStateException e) {
            startEnd();
        }
    }

    /** Holds on to a class loader no longer. */
    private void unhook() {
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
            if (!isClosed && shipper.stats().waitingRecords() == 0) {
                // nothing is left behind then; a record that comes yet has a run of its own
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
