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

/** The thread that sends what is in the depot, until it is ended and has sent all, or its time is over. */
final class ShippingLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ShippingLoop.class);

    private static final long PAUSE_AFTER_FAILURE_NANOS = 100_000_000;

    private final ShippingSettings settings;
    private final Supplier<Optional<HttpUrl>> logService;
    private final Outbox outbox;
    private final DeliveryPolicy deliveryPolicy;
    private final BooleanSupplier isMoreToCome;
    private final ReentrantLock lock;
    private final Condition changed;
    private boolean isHurried;
    private boolean isEnding;
    private long endNanos;
    private boolean isAway;
    private boolean isGone;
    private boolean isNowhere;
    private volatile boolean isFailing;

    /**
     * Not running yet.
     *
     * @param isMoreToCome whether something may still be written down
     * @param lock guards the depot and the courier
     * @param changed is signalled when there is something to send
     */
    ShippingLoop(
            ShippingSettings settings,
            Supplier<Optional<HttpUrl>> logService,
            Outbox outbox,
            DeliveryPolicy deliveryPolicy,
            BooleanSupplier isMoreToCome,
            ReentrantLock lock,
            Condition changed) {
        this.settings = settings;
        this.logService = logService;
        this.outbox = outbox;
        this.deliveryPolicy = deliveryPolicy;
        this.isMoreToCome = isMoreToCome;
        this.lock = lock;
        this.changed = changed;
    }

    @Override
    public void run() {
        try {
            while (hasFailedBeforeItsEnd()) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether sending failed in a way that nobody foresaw: what is logged later must be sent all the same. */
    boolean isFailing() {
        return isFailing;
    }

    /** Sends until the end; whether it failed before that. A client that failed is not used again. */
    private boolean hasFailedBeforeItsEnd() throws InterruptedException {
        try (var post = new LogRequestSender(settings.pace())) {
            while (awaitDue()) {
                ship(post);
                isFailing = false;
            }
            return false;
        } catch (RuntimeException | Error e) {
            failed(e);
            return true;
        }
    }

    private void failed(Throwable thrown) {
        try {
            hold();
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
     * Asks it to send what is there, within the limit of the settings, and end. A log service that turns out to have gone
     * is waited for only if what is left would be lost: the next start finds what is on disk. The lock is held.
     */
    void end() {
        if (!isEnding) {
            isEnding = true;
            endNanos = System.nanoTime() + settings.flush().toNanos();
            skipWaiting();
        }
        changed.signalAll();
    }

    /** Asks it to send at once, from now on, what would wait for more to come, or for a later try. The lock is held. */
    void skipWaiting() {
        isHurried = true;
        isGone = false;
        isNowhere = false;
        deliveryPolicy.skipWaiting();
        changed.signalAll();
    }

    /** Whether nothing is left to send, or it is on disk and no log service is there. The lock is held. */
    boolean isIdle() {
        return nanosUntilDue(System.nanoTime()) == Long.MAX_VALUE || ((isGone || isNowhere) && outbox.isOnDisk());
    }

    /** Waits until something should leave; false at the end. */
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
        return !isMoreToCome.getAsBoolean() && (wait == Long.MAX_VALUE || (isGone && outbox.isOnDisk()));
    }

    private long nanosUntilDue(long now) {
        try {
            var runOutbox = outbox.current();
            return runOutbox.isEmpty() ? Long.MAX_VALUE : deliveryPolicy.nanosUntilDue(runOutbox, now, isHurried);
        } catch (UncheckedIOException e) {
            // told when it is shipped
            return deliveryPolicy.nanosUntilDue(outbox.own(), now, true);
        }
    }

    private void ship(LogRequestSender post) throws InterruptedException {
        var address = logService.get();
        if (address.isEmpty()) {
            hold();
            return;
        }
        RunOutbox runOutbox;
        LogRequest logRequest;
        lock.lock();
        try {
            runOutbox = outbox.current();
            logRequest = deliveryPolicy.parcel(address.get(), runOutbox);
        } finally {
            lock.unlock();
        }
        var deliveryResult = post.send(logRequest, settings.pace().requestLimit());
        lock.lock();
        try {
            deliveryPolicy.conclude(logRequest, deliveryResult, runOutbox, System.nanoTime());
            isGone = deliveryResult.showsThatItIsGone();
            isNowhere = false;
        } finally {
            lock.unlock();
        }
        logOnce(logRequest, deliveryResult);
    }

    /** Tries later; at the end there is no later, as nobody is there to send to. */
    private void hold() {
        lock.lock();
        try {
            deliveryPolicy.nowhere(System.nanoTime());
            isNowhere = true;
            if (isEnding) {
                endNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    private void logOnce(LogRequest logRequest, DeliveryResult deliveryResult) {
        var fails = deliveryPolicy.failures() > 0;
        if (fails && !isAway) {
            LOG.atWarn()
                    .addKeyValue("url", logRequest.to())
                    .addKeyValue("outcome", deliveryResult)
                    .log("the log service takes no records; they are kept until it does");
        } else if (!fails && isAway) {
            LOG.atInfo().addKeyValue("url", logRequest.to()).log("the log service takes records again");
        }
        isAway = fails;
    }
}
