package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships what this process logs to the log service. Collects from {@link #attachedTo} on, sends from {@link #start} on,
 * until {@link #close}.
 *
 * <p>Logging calls never block. One thread writes records down, on disk if there is a directory for it; another sends
 * the written ones, in order. Whatever is unsent when the process ends, in whatever way, is sent by the next one with
 * the same directory. What had not been written is announced as dropped. Both kinds of log service work: Rollcall's
 * gets batches and stores each record once; a plain one gets one record a request, and gets it again if the response
 * was lost. Thread-safe.
 */
public final class LogShipper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
    private static final Duration CUT_LIMIT = Duration.ofSeconds(1);
    /** Usually milliseconds; on a busy machine, right after a start, seconds. */
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

    private static final long POLL_NANOS = 200_000;

    private final EventCapture eventCapture;
    private final ShippingSettings settings;
    private final CaptureQueue captureQueue;
    private final Outbox outbox;
    private final SpillWriterLoop spillWriterLoop;
    private final ShippingLoop shippingLoop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread writer;
    private Runnable detacher = () -> {};
    private Runnable onClose = () -> {};
    private @Nullable Thread sender;
    private volatile boolean isClosed;
    private boolean isReleased;

    LogShipper(
            ServiceName service, String instanceId, Supplier<Optional<HttpUrl>> logService, ShippingSettings settings) {
        var producerOrigin = new ProducerOrigin(UUID.randomUUID().toString(), service.value(), instanceId);
        var changed = lock.newCondition();
        this.eventCapture = new EventCapture(settings.withCaller());
        this.settings = settings;
        this.outbox = Outbox.open(producerOrigin, settings, InstantSource.system());
        this.captureQueue = new CaptureQueue(outbox.counters(), settings.drop(), settings.bufferBytesMax());
        var recordSequencer = new RecordSequencer(captureQueue, new RecordEncoder(producerOrigin));
        this.spillWriterLoop = new SpillWriterLoop(
                captureQueue, recordSequencer, outbox, settings.pace().batchBytesMax(), lock, changed);
        this.writer = new ShippingThread(spillWriterLoop, "log-writing");
        var backoff = new Backoff(
                settings.pace().retryMin(),
                settings.pace().retryMax(),
                () -> ThreadLocalRandom.current().nextDouble());
        this.shippingLoop = new ShippingLoop(
                settings,
                logService,
                outbox,
                new DeliveryPolicy(settings.pace(), backoff),
                writer::isAlive,
                lock,
                changed);
    }

    /**
     * Creates a shipper that collects events of all loggers and does not send yet.
     *
     * @param context the context of the root logger to attach to
     * @param service the service name in the records
     * @param instanceId the instance id in the records
     * @param logService supplies the log service's address, if known; called before each request, so it must not block
     * @param settings the bounds, and the directory for pending records
     */
    public static LogShipper attachedTo(
            LoggerContext context,
            ServiceName service,
            String instanceId,
            Supplier<Optional<HttpUrl>> logService,
            ShippingSettings settings) {
        var shipper = new LogShipper(service, instanceId, logService, settings);
        shipper.startWriting();
        shipper.attach(context);
        return shipper;
    }

    /**
     * Like the other factory, for slf4j's own context.
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

    /** Starts sending. */
    public void start() {
        lock.lock();
        try {
            if (sender == null && !isClosed) {
                sender = new ShippingThread(shippingLoop, "log-shipping");
                sender.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the counts so far. */
    public ShippingStats stats() {
        lock.lock();
        try {
            var own = outbox.own();
            return new ShippingStats(
                    outbox.counters().produced(),
                    own.acknowledgedRecords(),
                    own.droppedRecords(),
                    pendingRecords(),
                    captureQueue.bytes() + own.memoryBytes(),
                    outbox.diskBytes());
        } finally {
            lock.unlock();
        }
    }

    /** Returns why records may be lost; empty if all is well. */
    public List<String> healthReasons() {
        lock.lock();
        try {
            var reasons = new ArrayList<>(outbox.healthReasons());
            if (shippingLoop.isFailing()) {
                reasons.add("log records aren't sent: their sender fails");
            }
            return reasons;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops collecting, sends pending records for at most {@link ShippingSettings#flush}, and ends. Records that can't
     * be sent by then, or while no log service is known, are left to the next start; without a directory they are
     * dropped. If the log service turns out to be down, this waits for it only without a directory.
     */
    @Override
    public void close() {
        try {
            detacher.run();
            isClosed = true;
            endSending();
            awaitWriterEnd();
            var sent = endSending();
            if (sent != null) {
                await(sent);
            }
        } finally {
            release();
        }
    }

    /** Starts the thread that writes accepted records. */
    void startWriting() {
        writer.start();
    }

    /** Accepts an event. Never blocks, never throws. Returns false if closed. */
    boolean accept(ILoggingEvent event) {
        CapturedEvent capturedEvent;
        try {
            capturedEvent = capture(event);
        } catch (RuntimeException | Error e) {
            // the caller's stack or memory is exhausted
            countDropped();
            return true;
        }
        return offer(capturedEvent);
    }

    /** Counts a record that could not be captured as dropped, unless closed. */
    void countDropped() {
        if (!isClosed) {
            captureQueue.countDropped();
        }
    }

    /** Captures an event, which runs the caller's code. */
    CapturedEvent capture(ILoggingEvent event) {
        return eventCapture.capture(event);
    }

    /** Like {@link #accept}. */
    boolean offer(CapturedEvent capturedEvent) {
        if (isClosed) {
            return false;
        }
        captureQueue.offer(capturedEvent);
        return true;
    }

    /** Returns when all records accepted so far are written, which needs no network, or at the limit. */
    void awaitWritten(Duration limit) {
        var sequence = outbox.counters().produced();
        await(limit, () -> spillWriterLoop.writtenThrough() >= sequence || !writer.isAlive(), captureQueue::wake);
    }

    /**
     * Returns when all records accepted so far are sent, or at the limit. Returns sooner if no log service is up and
     * the rest is on disk.
     */
    void flush(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        awaitWritten(limit);
        skipWaiting();
        await(Duration.ofNanos(end - System.nanoTime()), () -> isClosed || isSendingIdle(), () -> {});
    }

    /** Sets a task to run at the end of {@link #close}. */
    void onClose(Runnable task) {
        onClose = task;
    }

    private void attach(LoggerContext context) {
        var appender = new ShippingAppender(this::accept);
        appender.setName("shipping");
        appender.setContext(context);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        detacher = () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    private void skipWaiting() {
        lock.lock();
        try {
            shippingLoop.skipWaiting();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSendingIdle() {
        lock.lock();
        try {
            return shippingLoop.isIdle();
        } finally {
            lock.unlock();
        }
    }

    /** Waits even when interrupted, because the end of a process may interrupt any thread. */
    private static void await(Duration limit, BooleanSupplier condition, Runnable betweenChecks) {
        var wasInterrupted = Thread.interrupted();
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            betweenChecks.run();
            LockSupport.parkNanos(POLL_NANOS);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Thread endSending() {
        lock.lock();
        try {
            shippingLoop.end();
            return sender;
        } finally {
            lock.unlock();
        }
    }

    private void awaitWriterEnd() {
        spillWriterLoop.end();
        await(WRITE_LIMIT, () -> !writer.isAlive(), () -> {});
    }

    private void await(Thread thread) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, settings.flush().toNanos());
            thread.interrupt();
            TimeUnit.NANOSECONDS.timedJoin(thread, CUT_LIMIT.toNanos());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private long pendingRecords() {
        var own = outbox.own();
        return Math.max(0, outbox.counters().produced() - own.acknowledgedRecords() - own.droppedRecords());
    }

    private void release() {
        // an interrupted thread can't write: the channel would close
        var wasInterrupted = Thread.interrupted();
        long pending;
        lock.lock();
        try {
            if (isReleased) {
                return;
            }
            isReleased = true;
            pending = pendingRecords();
            outbox.close();
            onClose.run();
        } finally {
            lock.unlock();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (pending > 0) {
            logPending(pending);
        }
    }

    private void logPending(long records) {
        if (outbox.own().hasDisk()) {
            LOG.atInfo().addKeyValue("records", records).log("the next start ships the last log records");
        } else {
            LOG.atWarn().addKeyValue("records", records).log("the last log records could not be shipped");
        }
    }
}
