package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships what this process logs to the log service: from {@link #attachedTo} on it is collected, from {@link #start} on
 * it is sent, until {@link #close}.
 *
 * <p>Who logs never waits for it. While no log service is known, or it doesn't answer, records are held back up to a
 * bound and sent later in their order. Both kinds of log service are understood: ours gets batches and stores each
 * record once; a plain one gets one record a request, and gets it again if its answer was lost. Thread-safe.
 */
public final class LogShipper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
    private static final Duration CUT_LIMIT = Duration.ofSeconds(1);

    private final LoggerContext context;
    private final ShippingAppender appender;
    private final Supplier<Optional<HttpUrl>> logService;
    private final ShippingSettings settings;
    private final Backlog backlog;
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private boolean isClosed;
    private long endNanos;
    private boolean isAway;

    private LogShipper(
            LoggerContext context, Capture capture, Supplier<Optional<HttpUrl>> logService, ShippingSettings settings) {
        this.context = context;
        this.logService = logService;
        this.settings = settings;
        this.backlog = new Backlog(
                settings.bufferBytesMax(),
                count -> capture.notice(Instant.now(), count + " log records dropped: the buffer was full"));
        this.courier = new Courier(
                settings,
                new Backoff(
                        settings.retryMin(),
                        settings.retryMax(),
                        () -> ThreadLocalRandom.current().nextDouble()),
                () -> UUID.randomUUID().toString(),
                reason -> capture.notice(Instant.now(), "1 log record dropped: " + reason));
        this.appender = new ShippingAppender(capture, this::take);
    }

    /**
     * A shipper that collects what all loggers log, and doesn't send yet.
     *
     * @param context whose root logger is listened to
     * @param service what the records say of their origin
     * @param instanceId what the records say of their process
     * @param logService where the log service is, if that is known; asked before each request, so must not wait
     * @param settings the bounds
     */
    public static LogShipper attachedTo(
            LoggerContext context,
            ServiceName service,
            String instanceId,
            Supplier<Optional<HttpUrl>> logService,
            ShippingSettings settings) {
        var shipper = new LogShipper(context, new Capture(service, instanceId), logService, settings);
        shipper.attach();
        return shipper;
    }

    /**
     * Like the other one, for the context that {@link LoggerFactory} has.
     *
     * @throws IllegalStateException if slf4j isn't bound to Logback
     */
    public static LogShipper attachedTo(
            ServiceName service, String instanceId, Supplier<Optional<HttpUrl>> logService, ShippingSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return attachedTo(context, service, instanceId, logService, settings);
        }
        throw new IllegalStateException("slf4j is not bound to Logback");
    }

    /** Begins to send. */
    public void start() {
        lock.lock();
        try {
            if (thread == null && !isClosed) {
                thread = new ShippingThread(this::run, "log-shipping");
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What has become of the records so far. */
    public ShippingStats stats() {
        lock.lock();
        try {
            return backlog.stats();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops collecting, sends what is left, at most for {@link ShippingSettings#flush}, and ends. What can't be sent by
     * then, or while no log service is known, is given up.
     */
    @Override
    public void close() {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        appender.stop();
        var sender = finish();
        if (sender != null) {
            await(sender);
        }
        abandon();
    }

    private void attach() {
        appender.setName("shipping");
        appender.setContext(context);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    private void take(LogRecord record) {
        lock.lock();
        try {
            var before = backlog.bytes();
            backlog.offer(record, System.nanoTime());
            // the sender waits for the first record and for a full batch, and needn't wake for those between
            var fillsBatch = before < settings.batchBytesMax() && backlog.bytes() >= settings.batchBytesMax();
            if (before == 0 || fillsBatch) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (var post = new LogPost(settings)) {
            while (awaitDue()) {
                try {
                    ship(post);
                } catch (RuntimeException e) {
                    LOG.atError().setCause(e).log("shipping log records failed; it goes on");
                    hold();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until something should leave; false at the end. */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                var now = System.nanoTime();
                if (isClosed && (backlog.stats().bufferedRecords() == 0 || now - endNanos >= 0)) {
                    return false;
                }
                var wait = backlog.stats().bufferedRecords() == 0
                        ? Long.MAX_VALUE
                        : courier.nanosUntilDue(backlog, now, isClosed);
                if (wait <= 0) {
                    return true;
                }
                changed.awaitNanos(isClosed ? Math.min(wait, endNanos - now) : wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ship(LogPost post) throws InterruptedException {
        var address = logService.get();
        if (address.isEmpty()) {
            hold();
            return;
        }
        var parcel = pack(address.get());
        var outcome = post.send(parcel, settings.requestLimit());
        lock.lock();
        try {
            courier.conclude(parcel, outcome, backlog, System.nanoTime());
        } finally {
            lock.unlock();
        }
        tellOnce(parcel, outcome);
    }

    private Parcel pack(HttpUrl address) {
        lock.lock();
        try {
            return courier.parcel(address, backlog);
        } finally {
            lock.unlock();
        }
    }

    /** Tries later; at the end there is no later, as nobody is there to send to. */
    private void hold() {
        lock.lock();
        try {
            courier.nowhere(System.nanoTime());
            if (isClosed) {
                endNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellOnce(Parcel parcel, Outcome outcome) {
        var fails = courier.failures() > 0;
        if (fails && !isAway) {
            LOG.atWarn()
                    .addKeyValue("url", parcel.to())
                    .addKeyValue("outcome", outcome)
                    .log("the log service takes no records; they are kept until it does");
        } else if (!fails && isAway) {
            LOG.atInfo().addKeyValue("url", parcel.to()).log("the log service takes records again");
        }
        isAway = fails;
    }

    private @Nullable Thread finish() {
        lock.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                endNanos = System.nanoTime() + settings.flush().toNanos();
                courier.hurry();
                changed.signalAll();
            }
            return thread;
        } finally {
            lock.unlock();
        }
    }

    private void await(Thread sender) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(sender, settings.flush().toNanos());
            sender.interrupt();
            TimeUnit.NANOSECONDS.timedJoin(sender, CUT_LIMIT.toNanos());
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        var count = 0;
        lock.lock();
        try {
            count = backlog.abandon();
        } finally {
            lock.unlock();
        }
        if (count > 0) {
            LOG.atWarn().addKeyValue("records", count).log("the last log records could not be shipped");
        }
    }
}
