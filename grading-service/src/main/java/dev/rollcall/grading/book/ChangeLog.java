package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import java.util.List;

/** What was changed in a gradebook, and its undoing. Thread-safe. */
public final class ChangeLog {
    private final Store store;
    private final ChangeRunner changeRunner;
    private final RosterCache rosterCache;

    ChangeLog(Store store, ChangeRunner changeRunner, RosterCache rosterCache) {
        this.store = store;
        this.changeRunner = changeRunner;
        this.rosterCache = rosterCache;
    }

    /** The newest changes, newest first, of those with numbers below {@code before}. */
    public List<HistoryEntry> newest(int before, int limit) {
        return store.read(sql -> History.newest(sql, before, limit));
    }

    /** Like {@link #newest(int, int)}, of one student. */
    public List<HistoryEntry> newest(int student, int before, int limit) {
        return store.read(sql -> {
            Tables.present(sql, student);
            return History.newest(sql, student, before, limit);
        });
    }

    /** Makes the inverse of a change, as a new one; the reply has the student as of then. */
    public ChangeResult undo(Author author, int student, int entry) {
        changeRunner.change(author, recordedChange -> {
            Tables.present(recordedChange.sql(), student);
            Undo.run(recordedChange, student, entry);
            return ChangeResult.done("", "");
        });
        return rosterCache.student(student, 200);
    }
}
