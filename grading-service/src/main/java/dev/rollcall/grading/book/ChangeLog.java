package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import java.util.List;

/** Reads the history of changes, and undoes them. Thread-safe. */
public final class ChangeLog {
    private final Store store;
    private final ChangeRunner runner;
    private final RosterCache rosterCache;

    ChangeLog(Store store, ChangeRunner runner, RosterCache rosterCache) {
        this.store = store;
        this.runner = runner;
        this.rosterCache = rosterCache;
    }

    /** Returns the newest changes with ids below {@code before}, newest first. */
    public List<HistoryEntry> newest(int before, int limit) {
        return store.read(sql -> History.newest(sql, before, limit));
    }

    /** Returns the newest changes of one student; see {@link #newest(int, int)}. */
    public List<HistoryEntry> newest(int student, int before, int limit) {
        return store.read(sql -> {
            Tables.requireStudent(sql, student);
            return History.newest(sql, student, before, limit);
        });
    }

    /** Undoes a change by a new, inverse change; the result has the student's current state. */
    public ChangeResult undo(Author author, int student, int entry) {
        runner.change(author, change -> {
            Tables.requireStudent(change.sql(), student);
            Undo.run(change, student, entry);
            return true;
        });
        return rosterCache.result(student, true);
    }
}
