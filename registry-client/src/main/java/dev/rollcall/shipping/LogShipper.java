package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Who logs never waits for it. One thread writes down what was logged, on disk if there is a directory for it;
 * another one sends what is written down, in order. So what isn't sent when the process ends, in whatever way, is sent
 * by the next one that is given the same directory, and what had not been written down is announced as dropped. Both
 * kinds of log service are understood: ours gets batches and stores each record once; a plain one gets one record a
 * request, and gets it again if its answer was lost. Thread-safe.
 */
public final class LogShipper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
    private static final Duration CUT_LIMIT = Duration.ofSeconds(1);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(2);

    private final Capture capture;
    private final Supplier<Optional<HttpUrl>> logService;
    private final ShippingSettings settings;
    private final Door door;
    private final Scribe scribe;
    private final Depot depot;
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread writing = new ShippingThread(this::write, "log-writing");
    private Runnable detach = () -> {};
    private @Nullable Thread sending;
    private volatile boolean isClosed;
    private volatile boolean isBroken;
    private boolean isLeft;
    private long endNanos;
    private boolean isAway;

    LogShipper(
            ServiceName service, String instanceId, Supplier<Optional<HttpUrl>> logService, ShippingSettings settings) {
        var origin = new Origin(UUID.randomUUID().toString(), service.value(), instanceId);
        this.capture = new Capture(settings.withCaller());
        this.logService = logService;
        this.settings = settings;
        this.depot = Depot.open(origin, settings, InstantSource.system());
        this.door = new Door(depot.tally(), settings.drop(), settings.bufferBytesMax());
        this.scribe = new Scribe(door, new Encoding(origin));
        this.courier = new Courier(
                settings,
                new Backoff(
                        settings.retryMin(),
                        settings.retryMax(),
                        () -> ThreadLocalRandom.current().nextDouble()));
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
            if (sending == null && !isClosed) {
                sending = new ShippingThread(this::send, "log-shipping");
                sending.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What has become of the records so far. */
    public ShippingStats stats() {
        lock.lock();
        try {
            var own = depot.own();
            var produced = depot.tally().produced();
            var done = own.acknowledgedRecords() + own.droppedRecords();
            return new ShippingStats(
                    produced,
                    own.acknowledgedRecords(),
                    own.droppedRecords(),
                    Math.max(0, produced - done),
                    door.bytes() + own.memoryBytes(),
                    depot.diskBytes());
        } finally {
            lock.unlock();
        }
    }

    /** Why records may be lost; empty if all is well. */
    public List<String> doubts() {
        lock.lock();
        try {
            var doubts = new ArrayList<>(depot.doubts());
            if (isBroken) {
                doubts.add("log records are written to the console only: their writer has failed");
            }
            return doubts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops collecting, sends what is left, at most for {@link ShippingSettings#flush}, and ends. What can't be sent by
     * then, or while no log service is known, is left to the next start; without a directory it is given up.
     */
    @Override
    public void close() {
        detach.run();
        var sender = finish();
        awaitWritten();
        if (sender != null) {
            await(sender);
        }
        leave();
    }

    /** Begins to write down what is taken. */
    void collect() {
        writing.start();
    }

    /** Takes what is logged. Never waits. */
    void take(ILoggingEvent event) {
        if (isBroken) {
            System.err.println(event.getLevel() + " " + event.getFormattedMessage());
        } else if (!isClosed) {
            door.put(capture.of(event));
        }
    }

    private void attach(LoggerContext context) {
        var appender = new ShippingAppender(this::take);
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

    private void write() {
        try {
            while (true) {
                // asked before the door is: what came before the end is written
                var isEnd = isClosed;
                var isUnsettled = writeOnce();
                if (isEnd && door.isEmpty()) {
                    return;
                }
                if (door.isEmpty()) {
                    scribe.pause(isUnsettled);
                }
            }
        } catch (Error e) {
            isBroken = true;
            System.err.println("log records go to the console only from now on: " + e);
            throw e;
        }
    }

    private boolean writeOnce() {
        try {
            return enter(scribe.write());
        } catch (RuntimeException e) {
            // their numbers are announced as dropped
            LOG.atError().setCause(e).log("log records could not be written down; it goes on");
            return true;
        }
    }

    private boolean enter(Scribe.Written written) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var own = depot.own();
            var wasDue = own.isDue(settings.batchBytesMax());
            var wasEmpty = own.isEmpty();
            for (var i = 0; i < written.lines().size(); i++) {
                depot.offer(written.lines().get(i), written.levels().get(i), now);
            }
            if (written.lost() > 0) {
                depot.drop(written.firstLost(), written.lost(), "the buffer was full", now);
            }
            depot.settle(now);
            // the sender waits for the first record and for a full batch, and needn't wake for those between
            if (wasEmpty && !own.isEmpty() || !wasDue && own.isDue(settings.batchBytesMax())) {
                changed.signal();
            }
            return depot.isUnsettled();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
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
                var isEnd = isClosed;
                var wait = nanosUntilDue(now, isEnd);
                if (isEnd && (wait == Long.MAX_VALUE && !writing.isAlive() || now - endNanos >= 0)) {
                    return false;
                }
                if (wait <= 0) {
                    return true;
                }
                changed.awaitNanos(isEnd ? Math.min(wait, endNanos - now) : wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntilDue(long now, boolean isEnd) {
        try {
            var backlog = depot.current();
            return backlog.isEmpty() ? Long.MAX_VALUE : courier.nanosUntilDue(backlog, now, isEnd);
        } catch (UncheckedIOException e) {
            // told when it is shipped
            return courier.nanosUntilDue(depot.own(), now, true);
        }
    }

    private void ship(LogPost post) throws InterruptedException {
        var address = logService.get();
        if (address.isEmpty()) {
            hold();
            return;
        }
        Backlog backlog;
        Parcel parcel;
        lock.lock();
        try {
            backlog = depot.current();
            parcel = courier.parcel(address.get(), backlog);
        } finally {
            lock.unlock();
        }
        var outcome = post.send(parcel, settings.requestLimit());
        lock.lock();
        try {
            courier.conclude(parcel, outcome, backlog, System.nanoTime());
        } finally {
            lock.unlock();
        }
        tellOnce(parcel, outcome);
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
            return sending;
        } finally {
            lock.unlock();
        }
    }

    /** Also when interrupted: it takes milliseconds, and they would be lost. */
    private void awaitWritten() {
        var wasInterrupted = Thread.interrupted();
        door.wake();
        var end = System.nanoTime() + WRITE_LIMIT.toNanos();
        while (writing.isAlive() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(writing, end - System.nanoTime());
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
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

    private void leave() {
        // an interrupted thread can't write
        var wasInterrupted = Thread.interrupted();
        var waiting = stats().waitingRecords();
        lock.lock();
        try {
            if (isLeft) {
                return;
            }
            isLeft = true;
            depot.close();
        } finally {
            lock.unlock();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (waiting > 0) {
            LOG.atWarn()
                    .addKeyValue("records", waiting)
                    .log(
                            depot.own().hasDisk()
                                    ? "the last log records are left to the next start to be shipped"
                                    : "the last log records could not be shipped");
        }
    }
}
