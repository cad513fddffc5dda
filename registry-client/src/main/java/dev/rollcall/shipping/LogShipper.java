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
 * Ships what this process logs to the log service: from {@link #attachedTo} on it is collected, from {@link #start} on
 * it is sent, until {@link #close}.
 *
 * <p>Who logs never waits for it. One thread writes down what was logged, on disk if there is a directory for it;
 * another one sends what is written down, in order. So what isn't sent when the process ends, in whatever way, is sent
 * by the next one that is given the same directory, and what had not been written down is announced as dropped. Both
 * kinds of log service are understood: ours gets batches and stores each record once; a plain one gets one record a
 * request, and gets it again if its answer was lost. Thread-safe.
 */
public final class LogShipper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
    private static final Duration CUT_LIMIT = Duration.ofSeconds(1);
    /** It takes milliseconds; on a busy machine, right after a start, seconds. */
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

    private static final long AGAIN_NANOS = 200_000;

    private final EventCapture eventCapture;
    private final ShippingSettings settings;
    private final CaptureQueue captureQueue;
    private final Outbox outbox;
    private final SpillWriterLoop spillWriterLoop;
    private final ShippingLoop shippingLoop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread writer;
    private Runnable detach = () -> {};
    private Runnable release = () -> {};
    private @Nullable Thread sender;
    private volatile boolean isClosed;
    private boolean isLeft;

    LogShipper(
            ServiceName service, String instanceId, Supplier<Optional<HttpUrl>> logService, ShippingSettings settings) {
        var producerOrigin = new ProducerOrigin(UUID.randomUUID().toString(), service.value(), instanceId);
        var changed = lock.newCondition();
        this.eventCapture = new EventCapture(settings.withCaller());
        this.settings = settings;
        this.outbox = Outbox.open(producerOrigin, settings, InstantSource.system());
        this.captureQueue = new CaptureQueue(outbox.tally(), settings.drop(), settings.bufferBytesMax());
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
     * A shipper that collects what all loggers log, and doesn't send yet.
     *
     * @param context whose root logger is listened to
     * @param service what the records say of their origin
     * @param instanceId what the records say of their process
     * @param logService where the log service is, if that is known; asked before each request, so must not wait
     * @param settings the bounds, and where to keep what waits
     */
    public static LogShipper attachedTo(
            LoggerContext context,
            ServiceName service,
            String instanceId,
            Supplier<Optional<HttpUrl>> logService,
            ShippingSettings settings) {
        var shipper = new LogShipper(service, instanceId, logService, settings);
        shipper.collect();
        shipper.attach(context);
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
            if (sender == null && !isClosed) {
                sender = new ShippingThread(shippingLoop, "log-shipping");
                sender.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What has become of the records so far. */
    public ShippingStats stats() {
        lock.lock();
        try {
            var own = outbox.own();
            return new ShippingStats(
                    outbox.tally().produced(),
                    own.acknowledgedRecords(),
                    own.droppedRecords(),
                    waitingRecords(),
                    captureQueue.bytes() + own.memoryBytes(),
                    outbox.diskBytes());
        } finally {
            lock.unlock();
        }
    }

    /** Why records may be lost; empty if all is well. */
    public List<String> healthReasons() {
        lock.lock();
        try {
            var doubts = new ArrayList<>(outbox.healthReasons());
            if (shippingLoop.isFailing()) {
                doubts.add("log records aren't sent: their sender fails");
            }
            return doubts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops collecting, sends what is left, at most for {@link ShippingSettings#flush}, and ends. What can't be sent by
     * then, or while no log service is known, is left to the next start; without a directory it is given up. A log
     * service that has gone, which shows when it is called, is waited for only without a directory.
     */
    @Override
    public void close() {
        try {
            detach.run();
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

    /** Begins to write down what is taken. */
    void collect() {
        writer.start();
    }

    /** Takes what is logged. Never waits, never throws. False if it is closed. */
    boolean accept(ILoggingEvent event) {
        CapturedEvent capturedEvent;
        try {
            capturedEvent = capture(event);
        } catch (RuntimeException | Error e) {
            // a caller whose stack or memory is at its end
            countDropped();
            return true;
        }
        return offer(capturedEvent);
    }

    /** Counts a record that could not be taken as dropped, as long as it isn't closed. */
    void countDropped() {
        if (!isClosed) {
            captureQueue.countDropped();
        }
    }

    /** Takes down what is logged, with code of the caller's. */
    CapturedEvent capture(ILoggingEvent event) {
        return eventCapture.of(event);
    }

    /** Like {@link #accept}. */
    boolean offer(CapturedEvent capturedEvent) {
        if (isClosed) {
            return false;
        }
        captureQueue.offer(capturedEvent);
        return true;
    }

    /** Returns when all that was taken so far is written down, which takes no network, or at the limit. */
    void awaitWritten(Duration limit) {
        var sequence = outbox.tally().produced();
        await(limit, () -> spillWriterLoop.writtenThrough() >= sequence || !writer.isAlive(), captureQueue::wake);
    }

    /**
     * Returns when all that was taken so far is sent, or at the limit. Returns sooner if no log service is there, and the
     * rest is on disk.
     */
    void flush(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        awaitWritten(limit);
        skipWaiting();
        await(Duration.ofNanos(end - System.nanoTime()), () -> isClosed || isSendingIdle(), () -> {});
    }

    /** Runs something when it is closed at last. */
    void whenClosed(Runnable task) {
        release = task;
    }

    private void attach(LoggerContext context) {
        var appender = new ShippingAppender(this::accept);
        appender.setName("shipping");
        appender.setContext(context);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        detach = () -> {
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

    /** Waits also when interrupted, since the end of a process interrupts whom it likes. */
    private static void await(Duration limit, BooleanSupplier condition, Runnable nudge) {
        var wasInterrupted = Thread.interrupted();
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            nudge.run();
            LockSupport.parkNanos(AGAIN_NANOS);
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

    private long waitingRecords() {
        var own = outbox.own();
        return Math.max(0, outbox.tally().produced() - own.acknowledgedRecords() - own.droppedRecords());
    }

    private void release() {
        // an interrupted thread can't write
        var wasInterrupted = Thread.interrupted();
        long waiting;
        lock.lock();
        try {
            if (isLeft) {
                return;
            }
            isLeft = true;
            waiting = waitingRecords();
            outbox.close();
            release.run();
        } finally {
            lock.unlock();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (waiting > 0) {
            logPending(waiting);
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
