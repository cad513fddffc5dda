package dev.rollcall.log;

import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what many submit with one sync for all: while one group is being synced, the next one gathers. Owns the one
 * thread that touches the file.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final Receipt FULL = new Receipt.Unavailable("too much waits to be written; nothing was stored");
    private static final Receipt CLOSED = new Receipt.Unavailable("the store is closed; nothing was stored");
    private static final Receipt FAILED = new Receipt.Unavailable("the disk takes nothing; nothing was stored");
    private static final long CLOSE_SECONDS_MAX = 30;

    private final RecordFile file;
    private final Ledger ledger;
    private final InstantSource clock;
    private final long waitingBytesMax;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread = new Thread(this::run, "log-store");
    private volatile long goodLength;
    private volatile boolean isClosed;
    private volatile boolean isFailing;

    /**
     * Begins at the end of a file.
     *
     * @param waitingBytesMax how much may wait or be on its way to disk; more is refused
     */
    GroupCommit(RecordFile file, Ledger ledger, InstantSource clock, long waitingBytesMax) {
        this.file = file;
        this.ledger = ledger;
        this.clock = clock;
        this.waitingBytesMax = waitingBytesMax;
        this.goodLength = file.length();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stores a submission; the stage completes when it is on disk, or is known not to be. */
    CompletionStage<Receipt> append(Submission submission) {
        if (waitingBytes.addAndGet(submission.bytes()) > waitingBytesMax) {
            waitingBytes.addAndGet(-submission.bytes());
            return CompletableFuture.completedStage(FULL);
        }
        var waiting = new Waiting(submission, new CompletableFuture<>());
        queue.add(waiting);
        if (isClosed && queue.remove(waiting)) {
            waiting.receipt().complete(CLOSED);
        }
        return waiting.receipt();
    }

    /** How much of the file is on disk. */
    long goodLength() {
        return goodLength;
    }

    /** Whether the last group could not be stored. */
    boolean isFailing() {
        return isFailing;
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() throws IOException {
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
        file.close();
    }

    private void run() {
        var group = new ArrayList<Waiting>();
        try {
            do {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group);
            } while (isMore(group));
        } catch (InterruptedException e) {
            LOG.atError().setCause(e).log("the store's thread was interrupted, which nobody may do");
        }
        isClosed = true;
        queue.forEach(waiting -> waiting.receipt().complete(CLOSED));
    }

    /** Commits a group; false if the end is in it. */
    private boolean isMore(List<Waiting> group) {
        var isEnd = group.remove(Waiting.END);
        try {
            commit(group);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("storing log records failed");
            finish(group, FAILED);
        }
        return !isEnd;
    }

    private void commit(List<Waiting> group) {
        var entry = ledger.begin();
        var receipts = new ArrayList<Receipt>(group.size());
        try {
            mend();
            var now = clock.instant();
            for (var waiting : group) {
                receipts.add(write(waiting.submission(), entry, now));
            }
            if (file.length() > goodLength) {
                file.sync();
            }
        } catch (IOException e) {
            fail(e);
            finish(group, FAILED);
            return;
        }
        goodLength = file.length();
        entry.commit();
        recover();
        for (var i = 0; i < receipts.size(); i++) {
            finish(group.get(i), receipts.get(i));
        }
    }

    private Receipt write(Submission submission, Ledger.Entry entry, Instant now) throws IOException {
        var decision = entry.admit(submission, now);
        var lines = submission.lines();
        for (var line : lines.subList(decision.skip(), lines.size())) {
            file.append(line);
        }
        return decision.receipt();
    }

    /** Nothing half-written stays, or the next line would begin in the middle of one. */
    private void mend() throws IOException {
        if (file.length() != goodLength) {
            file.truncate(goodLength);
        }
    }

    private void fail(IOException cause) {
        if (!isFailing) {
            LOG.atError().setCause(cause).log("the disk takes nothing; callers are asked to come again");
        }
        isFailing = true;
        try {
            mend();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the file can't be cut now; it is tried again before the next group");
        }
    }

    private void recover() {
        if (isFailing) {
            LOG.atInfo().log("the disk takes records again");
        }
        isFailing = false;
    }

    private void finish(List<Waiting> group, Receipt receipt) {
        group.forEach(waiting -> finish(waiting, receipt));
    }

    private void finish(Waiting waiting, Receipt receipt) {
        waitingBytes.addAndGet(-waiting.submission().bytes());
        waiting.receipt().complete(receipt);
    }

    private record Waiting(Submission submission, CompletableFuture<Receipt> receipt) {
        static final Waiting END = new Waiting(new Submission(Optional.empty(), List.of()), new CompletableFuture<>());
    }
}
