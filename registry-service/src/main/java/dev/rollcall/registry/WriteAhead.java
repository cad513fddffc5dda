package dev.rollcall.registry;

import dev.rollcall.registry.core.Durability;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.PendingPatch;
import dev.rollcall.registry.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registry's use of the journal: what must be on disk before an action, and what is written without waiting. Its
 * methods are called, and its actions run, on the {@link SerialExecutor}, in the order of the calls.
 */
final class WriteAhead {
    /** Revisions reserved at a time, so that none is used twice after a crash. */
    private static final long RESERVE = 1_000_000;

    private final Journal journal;
    private final Executor loop;
    private final List<JournalRecord> unwritten = new ArrayList<>();
    private final Durability durability = new Durability();
    private final List<Runnable> heldBack = new ArrayList<>();
    private Round last = new Round(0);
    private long failedWrites;
    private long failuresMadeUp;
    private long reserved;
    private long settled;
    private int pending;

    WriteAhead(Journal journal, Executor loop) {
        this.journal = journal;
        this.loop = loop;
        last.isDone = true;
    }

    /** Runs the action once the record is on disk, or passes on why it is not. */
    void commit(JournalRecord record, Runnable action, Consumer<Throwable> onFailure) {
        pending++;
        write(List.of(record), thrown -> {
            pending--;
            if (thrown == null) {
                action.run();
            } else {
                onFailure.accept(thrown);
            }
        });
    }

    /** Adds records to the next write that a caller waits for, or to the next {@link #flush}. */
    void append(List<JournalRecord> records) {
        unwritten.addAll(records);
        durability.appended(records);
    }

    /** Returns whether everything in a patch is on disk. */
    boolean covers(PendingPatch pendingPatch) {
        return durability.covers(pendingPatch);
    }

    /**
     * Writes the appended records now. While the disk fails, the journal reports it, and this call also finds out
     * whether the disk works again.
     */
    void flush() {
        if (!unwritten.isEmpty() || (journal.isFailing() && last.isDone)) {
            write(List.of(), thrown -> {});
        }
    }

    /**
     * Runs the action once all records appended so far are on disk, however long the disk fails. What an action does on
     * the strength of records that a crash loses can't be corrected afterwards.
     */
    void afterCommit(Runnable action) {
        flush();
        (last.isDone ? heldBack : last.actions).add(action);
        release();
    }

    /** Writes the appended records and more. If that fails, the appended ones are written again later. */
    private void write(List<JournalRecord> more, Consumer<@Nullable Throwable> then) {
        var appended = List.copyOf(unwritten);
        unwritten.addAll(more);
        var round = new Round(failedWrites);
        last = round;
        var stage = journal.append(List.copyOf(unwritten));
        unwritten.clear();
        stage.whenComplete((done, thrown) -> loop.execute(() -> {
            if (thrown == null) {
                durability.committed(appended);
                failuresMadeUp = Math.max(failuresMadeUp, round.madeUp);
            } else if (!appended.isEmpty()) {
                unwritten.addAll(0, appended);
                failedWrites++;
            }
            round.isDone = true;
            then.accept(thrown);
            heldBack.addAll(round.actions);
            release();
        }));
    }

    private void release() {
        if (failuresMadeUp == failedWrites && !heldBack.isEmpty()) {
            var released = List.copyOf(heldBack);
            heldBack.clear();
            released.forEach(Runnable::run);
        }
    }

    /**
     * Reserves the first revisions and waits until that is on disk.
     *
     * @throws IOException if the disk fails
     */
    void start(long revision) throws IOException {
        reserved = revision + RESERVE;
        try {
            journal.append(List.of(new JournalRecord.Reserved(reserved)))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IOException("the disk can't be written to: " + deepest(e).getMessage(), e);
        }
    }

    private static Throwable deepest(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Reserves further revisions well before they are used. */
    void reserve(long revision) {
        if (revision + RESERVE / 2 >= reserved) {
            reserved = revision + RESERVE;
            append(List.of(new JournalRecord.Reserved(reserved)));
            flush();
        }
    }

    /**
     * Records the revision up to which all dependants are notified, unless a pending record will need another patch.
     */
    void settle(long revision) {
        if (pending == 0 && revision > settled) {
            settled = revision;
            append(List.of(new JournalRecord.Settled(revision)));
        }
    }

    /** One write, and the actions that wait for it. */
    private static final class Round {
        private final List<Runnable> actions = new ArrayList<>();
        private final long madeUp;
        private boolean isDone;

        Round(long madeUp) {
            this.madeUp = madeUp;
        }
    }
}
