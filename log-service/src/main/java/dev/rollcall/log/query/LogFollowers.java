package dev.rollcall.log.query;

import dev.rollcall.http.LiveStream;
import dev.rollcall.http.RepeatingTask;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who follows the log, and the one thread that tells them. Its methods may be called by any thread.
 *
 * <p>Nothing is queued for those who are slow: each has a position in the log, and is told what comes behind it when he
 * has taken what he was told before. Who falls too far behind is moved to the end, and told how many records he missed.
 */
public final class LogFollowers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollowers.class);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    /** Gathers what comes in a moment, so that many small groups of records are told together. */
    private static final long GATHER_MILLIS = 5;

    private static final long WAITING_BYTES_MAX = 64 << 10;

    private final LogStore store;
    private final QuerySettings settings;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<LogFollower> tails = new LinkedHashSet<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final RepeatingTask repeatingTask = new RepeatingTask("those who follow the log may not hear of it");
    private final RepeatingTask reminders =
            new RepeatingTask("those who follow the log aren't reminded that it is there");

    private LogFollowers(LogStore store, QuerySettings settings) {
        this.store = store;
        this.settings = settings;
        this.executor =
                new ScheduledThreadPoolExecutor(1, LogFollowers::daemon, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins to tell what a store takes in. */
    public static LogFollowers of(LogStore store, QuerySettings settings) {
        var logFollowers = new LogFollowers(store, settings);
        store.onCommit(logFollowers::wake);
        var period = settings.reminder().toNanos();
        // a periodic task that throws would never run again
        var unused = logFollowers.executor.scheduleAtFixedRate(
                () -> logFollowers.reminders.run(logFollowers::remind), period, period, TimeUnit.NANOSECONDS);
        return logFollowers;
    }

    /** How many follow. */
    public int count() {
        return open.get();
    }

    /** How many records they were not told, together. */
    public long missed() {
        return missed.get();
    }

    /** Returns why those who follow may not hear of something; empty if all is well. */
    public List<String> healthReasons() {
        var doubts = new ArrayList<>(repeatingTask.healthReasons());
        doubts.addAll(reminders.healthReasons());
        return doubts;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    boolean isFull() {
        return open.get() >= settings.tailsMax();
    }

    /** Tells a stream of what is behind a position, and of what comes, until it ends. */
    void add(LiveStream stream, LogQuery query, LogFormat format, Position from) {
        var logFollower = new LogFollower(stream, query, format, from, Long.MAX_VALUE);
        open.incrementAndGet();
        stream.onClosed(end -> {
            open.decrementAndGet();
            executor.execute(() -> tails.remove(logFollower));
        });
        stream.onIdle(this::wake);
        executor.execute(() -> tails.add(logFollower));
        wake();
    }

    private void wake() {
        if (open.get() > 0 && woken.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            var unused = executor.schedule(this::round, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | Error e) {
            // or those who follow would never be told of anything again
            woken.set(false);
            throw e;
        }
    }

    private void round() {
        repeatingTask.run(this::notifyFollowers);
    }

    private void notifyFollowers() {
        woken.set(false);
        var isMore = false;
        try (var view = store.view()) {
            var round = new FollowerRound(view);
            for (var logFollower : List.copyOf(tails)) {
                isMore |= notifyFollowers(logFollower, round);
            }
        }
        if (isMore && woken.compareAndSet(false, true)) {
            schedule();
        }
    }

    /** Tells one the next piece; whether there is more that he would take. */
    private boolean notifyFollowers(LogFollower logFollower, FollowerRound round) {
        try {
            limit(logFollower, round);
            if (logFollower.stream().pendingBytes() > WAITING_BYTES_MAX
                    || logFollower.position().equals(round.end())) {
                return false;
            }
            var piece = round.next(logFollower);
            logFollower.moveTo(piece.next());
            if (piece.text().length > 0) {
                logFollower.stream().offer(piece.text());
            }
            return !logFollower.position().equals(round.end());
        } catch (IOException | RuntimeException | Error e) {
            logFollower.stream().close();
            LOG.atError().setCause(e).log("the log can't be read; one who follows is sent away");
            return false;
        }
    }

    /** Has one who came back, or asks for much at first, come near; from then on he may not fall far behind. */
    private void limit(LogFollower logFollower, FollowerRound round) throws IOException {
        var behind = round.behind(logFollower);
        if (behind <= settings.behindMax() / 2) {
            logFollower.allow(settings.behindMax());
        } else if (logFollower.allowance() == Long.MAX_VALUE) {
            logFollower.allow(behind + settings.behindMax());
        }
        if (behind > logFollower.allowance()) {
            var count = round.countLeftOut(logFollower);
            missed.addAndGet(count);
            var notice = logFollower.format().missed(SkippedRecords.of(count, logFollower.position(), round.end()));
            logFollower.moveTo(round.end());
            logFollower.stream().offer(notice.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void remind() {
        for (var logFollower : tails) {
            if (logFollower.format() == LogFormat.EVENTS && logFollower.stream().pendingBytes() == 0) {
                logFollower.stream().offer(COMMENT);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "log-tails");
        thread.setDaemon(true);
        return thread;
    }
}
