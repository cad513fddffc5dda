package dev.rollcall.log.store;

import dev.rollcall.disk.DirectoryGoneException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the requests of many callers with one sync: while one group is being synced, the next one gathers. Owns the
 * thread that calls {@link StoreWriter}. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final AppendResult FULL =
            new AppendResult.Unavailable("too many records are pending; nothing was stored");
    private static final AppendResult CLOSED = new AppendResult.Unavailable("the store is closed; nothing was stored");
    private static final AppendResult FAILED =
            new AppendResult.Unavailable("records can't be written to disk; nothing was stored");
    private static final long CLOSE_SECONDS_MAX = 30;
    private static final long IDLE_MILLIS = 500;

    private final StoreWriter writer;
    private final InstantSource clock;
    private final InstantSource ageClock;
    private final long pendingBytesMax;
    private final Runnable onRoll;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "log-store");
    private volatile boolean isClosed;
    private volatile String failure = "";
    private boolean isDirectoryGone;
    private boolean isFinished;

    /**
     * Writes on a thread of its own.
     *
     * @param ageClock the time by which segments are closed
     * @param pendingBytesMax the bytes that may be pending or in flight to disk; further requests are refused
     * @param onRoll called when a segment was closed
     */
    GroupCommit(
            StoreWriter writer, InstantSource clock, InstantSource ageClock, long pendingBytesMax, Runnable onRoll) {
        this.writer = writer;
        this.clock = clock;
        this.ageClock = ageClock;
        this.pendingBytesMax = pendingBytesMax;
        this.onRoll = onRoll;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stores a request; the stage completes when it is on disk, or is known not to be. */
    CompletionStage<AppendResult> append(AppendRequest request) {
        if (pendingBytes.addAndGet(request.length()) > pendingBytesMax) {
            pendingBytes.addAndGet(-request.length());
            return CompletableFuture.completedStage(FULL);
        }
        var pending = new Pending(request, new CompletableFuture<>());
        queue.add(pending);
        if (isClosed && queue.remove(pending)) {
            pending.result().complete(CLOSED);
        }
        return pending.result();
    }

    private void run() {
        var group = new ArrayList<Pending>();
        while (!isFinished) {
            try {
                round(group);
            } catch (InterruptedException e) {
                failure = "the store's thread failed";
                isFinished = true;
                LOG.atError().setCause(e).log("the store's thread was interrupted and has ended; restart the service");
            } catch (RuntimeException | Error e) {
                roundFailed(group, e);
            }
        }
        isClosed = true;
        queue.forEach(pending -> pending.result().complete(CLOSED));
    }

    private void round(List<Pending> group) throws InterruptedException {
        group.clear();
        var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group);
            isFinished = group.remove(Pending.END);
        }
        if (group.isEmpty()) {
            verify();
        } else {
            commit(group);
        }
        if (writer.rollIfDue(ageClock.instant())) {
            onRoll.run();
        }
    }

    private void commit(List<Pending> group) {
        var requests = group.stream().map(Pending::request).toList();
        List<AppendResult> results;
        try {
            results = writer.write(requests, clock.instant());
        } catch (IOException e) {
            diskFailed(e);
            completeAll(group, FAILED);
            return;
        }
        diskRecovered();
        for (var i = 0; i < results.size(); i++) {
            complete(group.get(i), results.get(i));
        }
        // a later failure of this round must not fail requests that are stored
        group.clear();
        listeners.forEach(Runnable::run);
    }

    /** Notices, while nothing is stored, that the directory is gone or back. */
    private void verify() {
        try {
            writer.verify();
            if (isDirectoryGone) {
                diskRecovered();
            }
        } catch (IOException e) {
            diskFailed(e);
        }
    }

    private void diskFailed(IOException cause) {
        if (failure.isEmpty()) {
            LOG.atError()
                    .addKeyValue("reason", cause.getMessage())
                    .log("records can't be written to disk; requests get 503 until they can; check the data directory");
        }
        failure = String.valueOf(cause.getMessage());
        isDirectoryGone = cause instanceof DirectoryGoneException;
    }

    private void diskRecovered() {
        if (!failure.isEmpty()) {
            LOG.atInfo().log("records are written to disk again");
        }
        failure = "";
        isDirectoryGone = false;
    }

    private void roundFailed(List<Pending> group, Throwable cause) {
        try {
            if (!group.isEmpty()) {
                failure = "storing failed";
            }
            completeAll(group, FAILED);
            LOG.atError().setCause(cause).log("storing log records failed");
        } catch (RuntimeException | Error e) {
            // no memory to log it; /health has the reason
            failure = "the store's thread failed";
        }
    }

    private void completeAll(List<Pending> group, AppendResult result) {
        group.forEach(pending -> complete(pending, result));
    }

    private void complete(Pending pending, AppendResult result) {
        if (pending.result().complete(result)) {
            pendingBytes.addAndGet(-pending.request().length());
        }
    }

    /** Adds a listener that the writing thread calls after each stored group. It must not block. */
    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns the bytes that are pending or in flight to disk. */
    long pendingBytes() {
        return pendingBytes.get();
    }

    /** Returns why the last group was not stored or the next one can't be; empty if all is well. */
    String failure() {
        return failure;
    }

    /** Writes what is pending and ends the thread, within 30 s. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        queue.add(Pending.END);
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSE_SECONDS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Pending(AppendRequest request, CompletableFuture<AppendResult> result) {
        static final Pending END =
                new Pending(AppendRequest.from(new byte[0]).build(Optional.empty()), new CompletableFuture<>());
    }
}
