package dev.rollcall.registry;

import dev.rollcall.registry.core.Durability;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.Mailbox;
import dev.rollcall.registry.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registry's side of the journal: what must be on disk before it is done, and what is written down without anybody
 * waiting. Used in turns, in which its actions run too, in the order in which they were given.
 */
final class WriteAhead {
    /** Revisions that are set aside at a time, so that after a crash none is given twice. */
    private static final long RESERVE = 1_000_000;

    private final Journal journal;
    private final Executor loop;
    private final List<JournalRecord> unwritten = new ArrayList<>();
    private final Durability durability = new Durability();
    private final List<Runnable> held = new ArrayList<>();
    private Round last = new Round(0);
    private long debts;
    private long debtsPaid;
    private long reserved;
    private long settled;
    private int pending;

    WriteAhead(Journal journal, Executor loop) {
        this.journal = journal;
        this.loop = loop;
        last.isDone = true;
    }

    /** Does something once a record is on disk, or tells why it is not. */
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

    /** Has records written down together with the next that somebody waits for, or at the next {@link #flush}. */
    void append(List<JournalRecord> records) {
        unwritten.addAll(records);
        durability.appended(records);
    }

    /** Whether all that a letter says is on disk. */
    boolean covers(Mailbox.PendingPatch pendingPatch) {
        return durability.covers(pendingPatch);
    }

    /**
     * Has what was noted written down now; if the disk takes nothing, the journal says so itself, and whether that is
     * over is found out here too.
     */
    void flush() {
        if (!unwritten.isEmpty() || (journal.isFailing() && last.isDone)) {
            write(List.of(), thrown -> {});
        }
    }

    /**
     * Does something once all that was noted so far is on disk. While the disk takes nothing, that waits for it: who acts
     * on what a crash makes the registry forget can't be set right after it.
     */
    void afterCommit(Runnable action) {
        flush();
        (last.isDone ? held : last.afterwards).add(action);
        release();
    }

    /** Writes what was noted, and more; what was noted is tried again later if the disk takes nothing now. */
    private void write(List<JournalRecord> more, Consumer<@Nullable Throwable> then) {
        var noted = List.copyOf(unwritten);
        unwritten.addAll(more);
        var round = new Round(debts);
        last = round;
        var stage = journal.append(List.copyOf(unwritten));
        unwritten.clear();
        stage.whenComplete((done, thrown) -> loop.execute(() -> {
            if (thrown == null) {
                durability.committed(noted);
                debtsPaid = Math.max(debtsPaid, round.pays);
            } else if (!noted.isEmpty()) {
                unwritten.addAll(0, noted);
                debts++;
            }
            round.isDone = true;
            then.accept(thrown);
            held.addAll(round.afterwards);
            release();
        }));
    }

    private void release() {
        if (debtsPaid == debts && !held.isEmpty()) {
            var released = List.copyOf(held);
            held.clear();
            released.forEach(Runnable::run);
        }
    }

    /**
     * Sets the first revisions aside, and waits until that is on disk.
     *
     * @throws IOException if the disk doesn't take it
     */
    void start(long revision) throws IOException {
        reserved = revision + RESERVE;
        try {
            journal.append(List.of(new JournalRecord.Reserved(reserved)))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IOException("the disk takes nothing: " + deepest(e).getMessage(), e);
        }
    }

    private static Throwable deepest(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Sets further revisions aside well before they are used. */
    void reserve(long revision) {
        if (revision + RESERVE / 2 >= reserved) {
            reserved = revision + RESERVE;
            append(List.of(new JournalRecord.Reserved(reserved)));
            flush();
        }
    }

    /** Notes up to where all have been told, unless something is on its way that they will have to be told. */
    void settle(long revision) {
        if (pending == 0 && revision > settled) {
            settled = revision;
            append(List.of(new JournalRecord.Settled(revision)));
        }
    }

    /** One writing, and what is to be done after it. */
    private static final class Round {
        private final List<Runnable> afterwards = new ArrayList<>();
        private final long pays;
        private boolean isDone;

        Round(long pays) {
            this.pays = pays;
        }
    }
}
