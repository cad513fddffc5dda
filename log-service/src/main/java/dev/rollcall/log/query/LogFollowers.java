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
 * All followers of the log, and the one thread that notifies them. Thread-safe.
 *
 * <p>Nothing is queued for slow followers: each has a position in the log, and receives what comes after it once it has
 * read what was sent before. A follower that lags too far is moved to the end, and notified how many records were
 * skipped.
 */
public final class LogFollowers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollowers.class);
    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    /** Gathers small groups of records into one notification. */
    private static final long GATHER_MILLIS = 5;

    private static final long PENDING_BYTES_MAX = 64 << 10;

    private final LogStore store;
    private final QuerySettings settings;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<LogFollower> followers = new LinkedHashSet<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicBoolean isRoundScheduled = new AtomicBoolean();
    private final RepeatingTask roundTask = new RepeatingTask("followers of the log may miss new records");
    private final RepeatingTask keepAliveTask = new RepeatingTask("followers of the log get no keep-alive comments");

    private LogFollowers(LogStore store, QuerySettings settings) {
        this.store = store;
        this.settings = settings;
        this.executor =
                new ScheduledThreadPoolExecutor(1, LogFollowers::daemon, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Starts to notify followers of what a store commits. */
    public static LogFollowers of(LogStore store, QuerySettings settings) {
        var followers = new LogFollowers(store, settings);
        store.onCommit(followers::wake);
        var period = settings.keepAlivePeriod().toNanos();
        // the executor drops a periodic task that throws
        var unused = followers.executor.scheduleAtFixedRate(
                () -> followers.keepAliveTask.run(followers::sendKeepAlives), period, period, TimeUnit.NANOSECONDS);
        return followers;
    }

    /** Returns the number of followers. */
    public int count() {
        return openCount.get();
    }

    /** Returns the number of records skipped for all followers together. */
    public long skipped() {
        return skipped.get();
    }

    /** Returns why followers may miss records; empty if all is well. */
    public List<String> healthReasons() {
        var reasons = new ArrayList<>(roundTask.healthReasons());
        reasons.addAll(keepAliveTask.healthReasons());
        return reasons;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    boolean isFull() {
        return openCount.get() >= settings.followersMax();
    }

    /** Sends a stream all matches after a position, and new ones until it ends. */
    void add(LiveStream stream, LogQuery query, LogFormat format, Position from) {
        var follower = new LogFollower(stream, query, format, from);
        openCount.incrementAndGet();
        stream.onClosed(end -> {
            openCount.decrementAndGet();
            executor.execute(() -> followers.remove(follower));
        });
        stream.onIdle(this::wake);
        executor.execute(() -> followers.add(follower));
        wake();
    }

    private void wake() {
        if (openCount.get() > 0 && isRoundScheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            var unused =
                    executor.schedule(() -> roundTask.run(this::notifyFollowers), GATHER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | Error e) {
            // otherwise no later round would be scheduled
            isRoundScheduled.set(false);
            throw e;
        }
    }

    private void notifyFollowers() {
        isRoundScheduled.set(false);
        var hasMore = false;
        try (var view = store.view()) {
            var round = new FollowerRound(view);
            for (var follower : List.copyOf(followers)) {
                hasMore |= notifyFollower(follower, round);
            }
        }
        if (hasMore && isRoundScheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    /** Sends a follower its next records; returns whether it can take more at once. */
    private boolean notifyFollower(LogFollower follower, FollowerRound round) {
        try {
            skipIfTooFar(follower, round);
            if (follower.stream().pendingBytes() > PENDING_BYTES_MAX
                    || follower.position().equals(round.end())) {
                return false;
            }
            var piece = round.next(follower);
            follower.moveTo(piece.next());
            if (piece.text().length > 0) {
                follower.stream().offer(piece.text());
            }
            return !follower.position().equals(round.end());
        } catch (IOException | RuntimeException | Error e) {
            follower.stream().close();
            LOG.atError().setCause(e).log("the log can't be read; a follower is disconnected");
            return false;
        }
    }

    private void skipIfTooFar(LogFollower follower, FollowerRound round) throws IOException {
        if (follower.lagsTooFar(round.lag(follower), settings.lagBytesMax())) {
            var count = round.countSkipped(follower);
            skipped.addAndGet(count);
            var notice = follower.format().skipped(SkippedRecords.of(count, follower.position(), round.end()));
            follower.moveTo(round.end());
            follower.stream().offer(notice.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void sendKeepAlives() {
        for (var follower : followers) {
            if (follower.format() == LogFormat.EVENTS && follower.stream().pendingBytes() == 0) {
                follower.stream().offer(KEEP_ALIVE);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "log-followers");
        thread.setDaemon(true);
        return thread;
    }
}
