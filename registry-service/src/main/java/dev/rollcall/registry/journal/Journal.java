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
 * Appends records durably, with one sync for many callers: while one group is being synced, the next one gathers. A
 * group is written by the thread that appended it, if that offers to ({@link #writingAlong}) and no other thread is
 * writing, otherwise by the journal's own thread. Thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long CLOSE_SECONDS_MAX = 30;
    /** How soon a directory that is gone is noticed while nothing is written. */
    private static final long VERIFY_NANOS = 500_000_000;

    private final RecordDirectory directory;
    private final RollFiles files;
    private final RollState state;
    private final long pendingBytesMax;
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ThreadLocal<Boolean> isWritingAlong = ThreadLocal.withInitial(() -> false);
    private final AtomicLong pendingBytes = new AtomicLong();
    private final Thread thread = EssentialThread.of("journal", this::run);
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private volatile int lastGroup;
    private volatile boolean isClosed;
    private volatile String failure = "";

    private Journal(RecordDirectory directory, RollFiles files, JournalSettings settings) {
        this.directory = directory;
        this.files = files;
        this.state = files.state();
        this.pendingBytesMax = settings.pendingBytesMax();
    }

    /**
     * Opens the journal in a directory, or creates one with a new epoch. Cuts off what a crash left half-written.
     *
     * @throws IOException if the directory can't be used, another process uses it, or a file is corrupt in a way that
     *     no crash explains; the message says which
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

    /** Opens the journal like {@link #open(Path)}; closing it closes the directory. */
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
                        .log("the journal is corrupt; some records were lost, and missing instances will re-register"));
        var journal = new Journal(directory, files, settings);
        journal.thread.start();
        return journal;
    }

    /** Returns the state when the journal was opened; its epoch is never empty. */
    public RollState state() {
        return state;
    }

    /**
     * Appends records. The stage completes once all of them are on disk, or exceptionally with an {@link IOException}
     * when none of them is. Entries are written, and their stages complete, in the order of the calls. Actions that
     * depend on a stage run on the writing thread and must be brief.
     *
     * <p>Refused records may reappear only if the process dies right after such a failure.
     *
     * @throws IllegalArgumentException if the records are more than 16 MiB together
     */
    public CompletionStage<@Nullable Void> append(List<JournalRecord> records) {
        var pending = new Pending(new JournalEntry(records));
        if (pendingBytes.addAndGet(pending.bytes()) > pendingBytesMax) {
            pendingBytes.addAndGet(-pending.bytes());
            return CompletableFuture.failedStage(new IOException("too much is pending; nothing was written"));
        }
        queue.add(pending);
        if (isClosed && queue.remove(pending)) {
            refuse(pending, "the journal is closed", null);
        } else if (!isWritingAlong.get()) {
            LockSupport.unpark(thread);
        }
        return pending.done;
    }

    /**
     * Runs work and then writes what it appended on the calling thread, unless another thread is writing. That saves
     * two context switches. While many threads append at once, the journal's thread writes: its groups are larger if
     * one thread writes without a break. The calling thread must not be interrupted before this journal is closed.
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

    /** Returns whether entries are pending besides those being written. */
    public boolean hasPending() {
        return !queue.isEmpty();
    }

    /** Returns whether the last group could not be written, or the next one can't be. */
    public boolean isFailing() {
        return !failure.isEmpty();
    }

    /** Returns why the disk can't be written to; empty if it can. */
    public String failure() {
        return failure;
    }

    /** Writes the pending entries and releases the directory. */
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
            // read before the queue, so that what was appended before the end is written
            isEnd = isClosed;
            tryToWriteAll();
            if (!isEnd && queue.isEmpty()) {
                LockSupport.parkNanos(this, VERIFY_NANOS);
            }
            if (Thread.interrupted()) {
                LOG.atError().log("the journal's thread was interrupted, which is a bug; the journal is closed");
                isEnd = true;
            }
        }
        isClosed = true;
        queue.forEach(pending -> refuse(pending, "the journal is closed", null));
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

    /**
     * Writes one group and checks the queue again, so a thread that finds the lock taken may leave its entry in the
     * queue.
     */
    private void writeAlong() {
        if (queue.isEmpty()) {
            return;
        }
        var hasMore = lastGroup > 1 || Thread.currentThread().isInterrupted();
        if (!hasMore && writing.tryLock()) {
            try {
                writeGroup();
                hasMore = files.isCompactionDue();
            } finally {
                writing.unlock();
            }
            hasMore |= !queue.isEmpty();
        }
        if (hasMore) {
            LockSupport.unpark(thread);
        }
    }

    private void writeGroup() {
        // allocated before the queue is emptied, so that a lack of memory loses no entry
        var group = new ArrayList<Pending>(queue.size());
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
            group.forEach(pending -> refuse(pending, "the journal failed", e));
        }
    }

    private void commit(List<Pending> group) {
        try {
            files.append(group.stream().map(next -> next.entry).toList());
        } catch (IOException e) {
            fail(e);
            group.forEach(pending -> refuse(pending, "the disk can't be written to", e));
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
            LOG.atWarn()
                    .setCause(e)
                    .log("no snapshot could be written; the journal grows until one can; check the disk");
        }
    }

    private void fail(IOException cause) {
        if (!isFailing()) {
            LOG.atError()
                    .addKeyValue("why", cause.getMessage())
                    .log("the journal can't be written; registrations get 503 until it can; check the disk");
        }
        failure = String.valueOf(cause.getMessage());
        try {
            files.repair();
        } catch (IOException e) {
            LOG.atDebug()
                    .setCause(e)
                    .log("the journal can't be truncated now; this is tried again before the next group");
        }
    }

    private void recover() {
        if (isFailing()) {
            LOG.atInfo().log("the journal can be written again");
        }
        failure = "";
    }

    private void confirm(Pending pending) {
        pendingBytes.addAndGet(-pending.bytes());
        pending.done.complete(null);
    }

    private void refuse(Pending pending, String why, @Nullable Throwable cause) {
        if (pending.done.completeExceptionally(new IOException(why + "; nothing was written", cause))) {
            pendingBytes.addAndGet(-pending.bytes());
        }
    }

    /** An entry that is not yet on disk; compared by identity. */
    private static final class Pending {
        private final JournalEntry entry;
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

        Pending(JournalEntry entry) {
            this.entry = entry;
        }

        private long bytes() {
            return entry.frame().length;
        }
    }
}
