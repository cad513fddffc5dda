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
 * Stores what many submit with one sync for all: while one group is being synced, the next one gathers. Owns the one
 * thread that does {@link StoreWriter}.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final AppendResult FULL =
            new AppendResult.Unavailable("too much waits to be written; nothing was stored");
    private static final AppendResult CLOSED = new AppendResult.Unavailable("the store is closed; nothing was stored");
    private static final AppendResult FAILED =
            new AppendResult.Unavailable("the disk takes nothing; nothing was stored");
    private static final long CLOSE_SECONDS_MAX = 30;
    private static final long IDLE_MILLIS = 500;

    private final StoreWriter storeWriter;
    private final InstantSource clock;
    private final InstantSource ages;
    private final long waitingBytesMax;
    private final Runnable onRoll;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "log-store");
    private volatile boolean isClosed;
    private volatile String failure = "";
    private boolean isGone;
    private boolean isEnded;

    /**
     * Writes on a thread of its own.
     *
     * @param waitingBytesMax how much may wait or be on its way to disk; more is refused
     * @param ages by which segments are closed
     * @param onRoll told when a segment was closed
     */
    GroupCommit(
            StoreWriter storeWriter, InstantSource clock, InstantSource ages, long waitingBytesMax, Runnable onRoll) {
        this.storeWriter = storeWriter;
        this.clock = clock;
        this.ages = ages;
        this.waitingBytesMax = waitingBytesMax;
        this.onRoll = onRoll;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stores a submission; the stage completes when it is on disk, or is known not to be. */
    CompletionStage<AppendResult> append(AppendRequest appendRequest) {
        if (pendingBytes.addAndGet(appendRequest.length()) > waitingBytesMax) {
            pendingBytes.addAndGet(-appendRequest.length());
            return CompletableFuture.completedStage(FULL);
        }
        var waiting = new Waiting(appendRequest, new CompletableFuture<>());
        queue.add(waiting);
        if (isClosed && queue.remove(waiting)) {
            waiting.receipt().complete(CLOSED);
        }
        return waiting.receipt();
    }

    /** Has the listener told, by the writing thread, whenever something was stored. It must not block. */
    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** How much waits or is on its way to disk. */
    long pendingBytes() {
        return pendingBytes.get();
    }

    /** Why the last group could not be stored, or the next one can't be; empty if all is well. */
    String failure() {
        return failure;
    }

    /** Writes what waits. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        queue.add(Waiting.END);
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSE_SECONDS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var group = new ArrayList<Waiting>();
        while (!isEnded) {
            try {
                round(group);
            } catch (InterruptedException e) {
                failure = "the store's thread failed";
                isEnded = true;
                LOG.atError().setCause(e).log("the store's thread was interrupted, which nobody may do");
            } catch (RuntimeException | Error e) {
                failed(group, e);
            }
        }
        isClosed = true;
        queue.forEach(waiting -> waiting.receipt().complete(CLOSED));
    }

    private void round(List<Waiting> group) throws InterruptedException {
        group.clear();
        var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group);
            isEnded = group.remove(Waiting.END);
        }
        if (group.isEmpty()) {
            verify();
        } else {
            commit(group);
        }
        if (storeWriter.rollIfDue(ages.instant())) {
            onRoll.run();
        }
    }

    private void failed(List<Waiting> group, Throwable thrown) {
        try {
            if (!group.isEmpty()) {
                failure = "storing failed";
            }
            finish(group, FAILED);
            LOG.atError().setCause(thrown).log("storing log records failed");
        } catch (RuntimeException | Error e) {
            // no memory to log it; /health has the reason
            failure = "the store's thread failed";
        }
    }

    /** While nothing is stored, a directory that is gone or back shows here. */
    private void verify() {
        try {
            storeWriter.verify();
            if (isGone) {
                recover();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void commit(List<Waiting> group) {
        var submissions = group.stream().map(Waiting::submission).toList();
        List<AppendResult> receipts;
        try {
            receipts = storeWriter.write(submissions, clock.instant());
        } catch (IOException e) {
            fail(e);
            finish(group, FAILED);
            return;
        }
        recover();
        for (var i = 0; i < receipts.size(); i++) {
            finish(group.get(i), receipts.get(i));
        }
        // what fails from now on is no failure to store them
        group.clear();
        listeners.forEach(Runnable::run);
    }

    private void fail(IOException cause) {
        if (failure.isEmpty()) {
            LOG.atError()
                    .addKeyValue("reason", cause.getMessage())
                    .log("the disk takes nothing; callers are asked to come again");
        }
        failure = String.valueOf(cause.getMessage());
        isGone = cause instanceof DirectoryGoneException;
    }

    private void recover() {
        if (!failure.isEmpty()) {
            LOG.atInfo().log("the disk takes records again");
        }
        failure = "";
        isGone = false;
    }

    private void finish(List<Waiting> group, AppendResult appendResult) {
        group.forEach(waiting -> finish(waiting, appendResult));
    }

    private void finish(Waiting waiting, AppendResult appendResult) {
        if (waiting.receipt().complete(appendResult)) {
            pendingBytes.addAndGet(-waiting.submission().length());
        }
    }

    private record Waiting(AppendRequest submission, CompletableFuture<AppendResult> receipt) {
        static final Waiting END =
                new Waiting(AppendRequest.from(new byte[0]).build(Optional.empty()), new CompletableFuture<>());
    }
}
