package dev.rollcall.shipping;

import dev.rollcall.wire.HttpUrl;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that sends what is in the outbox, until it is ended and has sent all, or its time is over. */
final class ShippingLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ShippingLoop.class);

    private static final long PAUSE_AFTER_FAILURE_NANOS = 100_000_000;

    private final ShippingSettings settings;
    private final Supplier<Optional<HttpUrl>> logService;
    private final Outbox outbox;
    private final DeliveryPolicy deliveryPolicy;
    private final BooleanSupplier mayGetMore;
    private final ReentrantLock lock;
    private final Condition changed;
    private boolean isWaitSkipped;
    private boolean isEnding;
    private long endNanos;
    private boolean isUnavailable;
    private boolean isGone;
    private boolean hasNoAddress;
    private volatile boolean isFailing;

    /**
     * Creates a loop that is not running.
     *
     * @param mayGetMore whether more records may still be written
     * @param lock guards the outbox and the delivery policy
     * @param changed signalled when there is something to send
     */
    ShippingLoop(
            ShippingSettings settings,
            Supplier<Optional<HttpUrl>> logService,
            Outbox outbox,
            DeliveryPolicy deliveryPolicy,
            BooleanSupplier mayGetMore,
            ReentrantLock lock,
            Condition changed) {
        this.settings = settings;
        this.logService = logService;
        this.outbox = outbox;
        this.deliveryPolicy = deliveryPolicy;
        this.mayGetMore = mayGetMore;
        this.lock = lock;
        this.changed = changed;
    }

    @Override
    public void run() {
        try {
            while (runUntilFailure()) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether sending failed unexpectedly. It is retried all the same. */
    boolean isFailing() {
        return isFailing;
    }

    /** Sends until the end; returns true if it failed before that. A failed client is not reused. */
    private boolean runUntilFailure() throws InterruptedException {
        try (var sender = new LogRequestSender(settings.pace())) {
            while (awaitDue()) {
                ship(sender);
                isFailing = false;
            }
            return false;
        } catch (RuntimeException | Error e) {
            logFailure(e);
            return true;
        }
    }

    private void logFailure(Throwable thrown) {
        try {
            postpone();
            if (!isFailing) {
                isFailing = true;
                LOG.atError().setCause(thrown).log("shipping log records failed; it goes on");
            }
        } catch (RuntimeException | Error e) {
            // no memory to log it; /health has the reason
            isFailing = true;
        }
    }

    /**
     * Starts the end: pending records are sent within the settings' flush limit. If the log service turns out to be
     * down, it is waited for only if records would be lost: the next start finds those on disk. The caller holds the
     * lock.
     */
    void end() {
        if (!isEnding) {
            isEnding = true;
            endNanos = System.nanoTime() + settings.flush().toNanos();
            skipWaiting();
        }
        changed.signalAll();
    }

    /** Sends at once, from now on, what would wait for more records or for a retry. The caller holds the lock. */
    void skipWaiting() {
        isWaitSkipped = true;
        isGone = false;
        hasNoAddress = false;
        deliveryPolicy.skipWaiting();
        changed.signalAll();
    }

    /** Whether nothing is pending, or it is on disk and no log service is up. The caller holds the lock. */
    boolean isIdle() {
        return nanosUntilDue(System.nanoTime()) == Long.MAX_VALUE || ((isGone || hasNoAddress) && outbox.isOnDisk());
    }

    /** Waits until a request is due; returns false at the end. */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                var now = System.nanoTime();
                var wait = nanosUntilDue(now);
                if (isEnding && isEnd(now, wait)) {
                    return false;
                }
                if (wait <= 0) {
                    return true;
                }
                changed.awaitNanos(isEnding ? Math.min(wait, endNanos - now) : wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnd(long now, long wait) {
        if (now - endNanos >= 0) {
            return true;
        }
        return !mayGetMore.getAsBoolean() && (wait == Long.MAX_VALUE || (isGone && outbox.isOnDisk()));
    }

    private long nanosUntilDue(long now) {
        try {
            var runOutbox = outbox.current();
            return runOutbox.isEmpty() ? Long.MAX_VALUE : deliveryPolicy.nanosUntilDue(runOutbox, now, isWaitSkipped);
        } catch (UncheckedIOException e) {
            // reported when it is shipped
            return deliveryPolicy.nanosUntilDue(outbox.own(), now, true);
        }
    }

    private void ship(LogRequestSender sender) throws InterruptedException {
        var address = logService.get();
        if (address.isEmpty()) {
            postpone();
            return;
        }
        RunOutbox runOutbox;
        LogRequest logRequest;
        lock.lock();
        try {
            runOutbox = outbox.current();
            logRequest = deliveryPolicy.nextRequest(address.get(), runOutbox);
        } finally {
            lock.unlock();
        }
        var deliveryResult = sender.send(logRequest, settings.pace().requestLimit());
        lock.lock();
        try {
            deliveryPolicy.apply(logRequest, deliveryResult, runOutbox, System.nanoTime());
            isGone = deliveryResult.isServiceGone();
            hasNoAddress = false;
        } finally {
            lock.unlock();
        }
        logChange(logRequest, deliveryResult);
    }

    /** Postpones sending. At the end it stops instead, because no log service is known. */
    private void postpone() {
        lock.lock();
        try {
            deliveryPolicy.postpone(System.nanoTime());
            hasNoAddress = true;
            if (isEnding) {
                endNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    private void logChange(LogRequest logRequest, DeliveryResult deliveryResult) {
        var fails = deliveryPolicy.failures() > 0;
        if (fails && !isUnavailable) {
            LOG.atWarn()
                    .addKeyValue("url", logRequest.to())
                    .addKeyValue("outcome", deliveryResult)
                    .log("the log service takes no records; they are kept until it does");
        } else if (!fails && isUnavailable) {
            LOG.atInfo().addKeyValue("url", logRequest.to()).log("the log service takes records again");
        }
        isUnavailable = fails;
    }
}
