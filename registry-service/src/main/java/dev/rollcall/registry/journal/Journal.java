package dev.rollcall.registry.journal;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.host.EssentialThread;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the registry never forgets. Writes what many append with one sync for all: while one group is being synced, the
 * next one gathers. It is written by the thread that appended it if that offers to and nobody is at it, otherwise by
 * this journal's own thread. Thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long CLOSE_SECONDS_MAX = 30;
    /** How soon a directory that is gone shows while nothing is written. */
    private static final long LOOK_NANOS = 500_000_000;

    private final RecordDirectory directory;
    private final RollFiles files;
    private final RollState state;
    private final long waitingBytesMax;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ThreadLocal<Boolean> isWritingAlong = ThreadLocal.withInitial(() -> false);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread = EssentialThread.of("journal", this::run);
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private volatile int lastGroup;
    private volatile boolean isClosed;
    private volatile String failure = "";

    private Journal(RecordDirectory directory, RollFiles files, JournalSettings settings) {
        this.directory = directory;
        this.files = files;
        this.state = files.state();
        this.waitingBytesMax = settings.pendingBytesMax();
    }

    /**
     * Opens the journal in a directory, or begins one with a new epoch. What a crash left half-written is cut off.
     *
     * @throws IOException if the directory can't be used, another process uses it, or a file in it is damaged in a way
     *     that no crash explains; the message says which
     */
    public static Journal open(Path directory) throws IOException {
        var claimed = DiskDirectory.claim(directory);
        try {
            return open(claimed, JournalSettings.DEFAULT, UUID.randomUUID().toString());
        } catch (IOException | RuntimeException e) {
            claimed.close();
            throw new IOException(directory + ": " + e.getMessage(), e);
        }
    }

    /** Like {@link #open(Path)}; closing the journal closes the directory. */
    static Journal open(RecordDirectory directory, JournalSettings settings, String epoch) throws IOException {
        var files = RollFiles.open(directory, settings, epoch);
        if (files.tornBytes() > 0) {
            LOG.atWarn().addKeyValue("bytes", files.tornBytes()).log("the journal's torn end was cut off");
        }
        files.corruption()
                .ifPresent(corruption -> LOG.atError()
                        .addKeyValue("bytesLost", corruption.lostBytes())
                        .addKeyValue("framesReadBehind", corruption.framesBehind())
                        .addKeyValue("kept", files.corruptCopy())
                        .log("the journal is damaged in its midst; whoever is missing now registers again by himself"));
        var journal = new Journal(directory, files, settings);
        journal.thread.start();
        return journal;
    }

    /** What was on disk when the journal was opened; its epoch is never empty. */
    public RollState state() {
        return state;
    }

    /**
     * Writes records down. The stage completes when they are on disk, all of them, or exceptionally with an
     * {@link IOException} when none of them is. Entries are written, and their stages complete, in the order of the
     * calls; what depends on a stage runs in the thread that writes and has to be brief.
     *
     * <p>Only when the process dies right after such a failure, records may come back that were refused.
     *
     * @throws IllegalArgumentException if the records are more than 16 MiB together
     */
    public CompletionStage<@Nullable Void> append(List<JournalRecord> records) {
        var waiting = new Waiting(new JournalEntry(records));
        if (waitingBytes.addAndGet(waiting.bytes()) > waitingBytesMax) {
            waitingBytes.addAndGet(-waiting.bytes());
            return CompletableFuture.failedStage(new IOException("too much waits to be written; nothing was written"));
        }
        queue.add(waiting);
        if (isClosed && queue.remove(waiting)) {
            refuse(waiting, "the journal is closed", null);
        } else if (!isWritingAlong.get()) {
            LockSupport.unpark(thread);
        }
        return waiting.done();
    }

    /**
     * Does work, and then has the calling thread write what that appended, unless somebody is writing already. That saves
     * two changes of threads. While many append at once it is left to the journal's thread all the same: their groups
     * are larger if one thread writes them without a break. The calling thread must not be interrupted before this
     * journal is closed.
     */
    public void writingAlong(Runnable work) {
        isWritingAlong.set(true);
        try {
            work.run();
        } finally {
            isWritingAlong.set(false);
            writeAlong();
        }
    }

    /** Whether more waits to be written, besides what is being written now. */
    public boolean hasPending() {
        return !queue.isEmpty();
    }

    /** Whether the last group could not be written, or the next one can't be. */
    public boolean isFailing() {
        return !failure.isEmpty();
    }

    /** Why the disk takes nothing; empty if it does. */
    public String failure() {
        return failure;
    }

    /** Writes what waits, and lets go of the directory. */
    @Override
    public void close() throws IOException {
        if (isClosing.getAndSet(true)) {
            return;
        }
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSE_SECONDS_MAX);
            if (writing.tryLock(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                writing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            files.close();
        } finally {
            directory.close();
        }
    }

    private void run() {
        for (var isEnd = false; !isEnd; ) {
            // asked before the queue is: what was appended before the end is written
            isEnd = isClosed;
            tryToWriteAll();
            if (!isEnd && queue.isEmpty()) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            if (Thread.interrupted()) {
                LOG.atError().log("the journal's thread was interrupted, which nobody may do");
                isEnd = true;
            }
        }
        isClosed = true;
        queue.forEach(waiting -> refuse(waiting, "the journal is closed", null));
    }

    private void tryToWriteAll() {
        try {
            writeAll();
        } catch (Throwable e) {
            EssentialThread.failed(e, "a round of writing the journal failed; the next one follows");
        }
    }

    private void writeAll() {
        do {
            writing.lock();
            try {
                writeGroup();
                compactIfDue();
            } finally {
                writing.unlock();
            }
        } while (!queue.isEmpty());
    }

    /** One group. Who writes looks once more after it, so whoever finds him at it may go. */
    private void writeAlong() {
        if (queue.isEmpty()) {
            return;
        }
        var isMoreToDo = lastGroup > 1 || Thread.currentThread().isInterrupted();
        if (!isMoreToDo && writing.tryLock()) {
            try {
                writeGroup();
                isMoreToDo = files.isCompactionDue();
            } finally {
                writing.unlock();
            }
            isMoreToDo |= !queue.isEmpty();
        }
        if (isMoreToDo) {
            LockSupport.unpark(thread);
        }
    }

    private void writeGroup() {
        // grown before the queue is emptied, so that no lack of memory loses what was taken from it
        var group = new ArrayList<Waiting>(queue.size());
        try {
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                group.add(next);
            }
            if (!group.isEmpty()) {
                lastGroup = group.size();
                commit(group);
            } else {
                files.verify();
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            EssentialThread.failed(e, "writing the journal failed");
            group.forEach(waiting -> refuse(waiting, "the journal failed", e));
        }
    }

    private void commit(List<Waiting> group) {
        try {
            files.append(group.stream().map(Waiting::entry).toList());
        } catch (IOException e) {
            fail(e);
            group.forEach(waiting -> refuse(waiting, "the disk takes nothing", e));
            return;
        }
        recover();
        group.forEach(this::confirm);
    }

    private void compactIfDue() {
        try {
            if (files.isCompactionDue()) {
                files.compact();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("no snapshot could be written; the journal grows until one can");
        }
    }

    private void fail(IOException cause) {
        if (!isFailing()) {
            LOG.atError()
                    .addKeyValue("why", cause.getMessage())
                    .log("the disk takes nothing; callers are asked to come again");
        }
        failure = String.valueOf(cause.getMessage());
        try {
            files.repair();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the journal can't be cut now; it is tried again before the next group");
        }
    }

    private void recover() {
        if (isFailing()) {
            LOG.atInfo().log("the disk takes records again");
        }
        failure = "";
    }

    private void confirm(Waiting waiting) {
        waitingBytes.addAndGet(-waiting.bytes());
        waiting.done().complete(null);
    }

    private void refuse(Waiting waiting, String why, @Nullable Throwable cause) {
        if (waiting.done().completeExceptionally(new IOException(why + "; nothing was written", cause))) {
            waitingBytes.addAndGet(-waiting.bytes());
        }
    }

    /** An entry whose writer waits; compared by identity. */
    private static final class Waiting {
        private final JournalEntry entry;
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

        Waiting(JournalEntry entry) {
            this.entry = entry;
        }

        JournalEntry entry() {
            return entry;
        }

        long bytes() {
            return entry.frame().length;
        }

        CompletableFuture<@Nullable Void> done() {
            return done;
        }
    }
}
