package dev.rollcall.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private CompletionStage<?> last = CompletableFuture.completedStage(null);
    private long reserved;
    private long settled;
    private int pending;

    WriteAhead(Journal journal, Executor loop) {
        this.journal = journal;
        this.loop = loop;
    }

    /** Does something once a record is on disk, or tells why it is not. */
    void then(JournalRecord record, Runnable action, Consumer<Throwable> onFailure) {
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
    void note(List<JournalRecord> records) {
        unwritten.addAll(records);
        durability.noted(records);
    }

    /** Whether all that a letter says is on disk. */
    boolean covers(Mailbox.Letter letter) {
        return durability.covers(letter);
    }

    /** Has what was noted written down now; if the disk takes nothing, the journal says so itself. */
    void flush() {
        if (!unwritten.isEmpty()) {
            write(List.of(), thrown -> {});
        }
    }

    /** Does something once all that was given so far is on disk, or is known not to be. */
    void afterAll(Runnable action) {
        flush();
        if (last.toCompletableFuture().isDone()) {
            action.run();
        } else {
            last.whenComplete((done, thrown) -> loop.execute(action));
        }
    }

    /** Writes what was noted, and more; what was noted is tried again later if the disk takes nothing now. */
    private void write(List<JournalRecord> more, Consumer<@Nullable Throwable> then) {
        var noted = List.copyOf(unwritten);
        unwritten.addAll(more);
        last = journal.append(List.copyOf(unwritten));
        unwritten.clear();
        last.whenComplete((done, thrown) -> loop.execute(() -> {
            if (thrown == null) {
                durability.written(noted);
            } else {
                unwritten.addAll(0, noted);
            }
            then.accept(thrown);
        }));
    }

    /** Sets further revisions aside well before they are used; the first time, waits until that is on disk. */
    void reserve(long revision) {
        if (revision + RESERVE / 2 < reserved) {
            return;
        }
        var isFirst = reserved == 0;
        reserved = revision + RESERVE;
        note(List.of(new JournalRecord.Reserved(reserved)));
        flush();
        if (isFirst) {
            last.toCompletableFuture().join();
        }
    }

    /** Notes up to where all have been told, unless something is on its way that they will have to be told. */
    void settle(long revision) {
        if (pending == 0 && revision > settled) {
            settled = revision;
            note(List.of(new JournalRecord.Settled(revision)));
        }
    }
}
