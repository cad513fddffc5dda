package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import java.util.List;

/** What was changed in a gradebook, and its undoing. Thread-safe. */
public final class Past {
    private final Store store;
    private final Writes writes;
    private final Newest newest;

    Past(Store store, Writes writes, Newest newest) {
        this.store = store;
        this.writes = writes;
        this.newest = newest;
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
    public Reply undo(Author author, int student, int entry) {
        writes.change(author, change -> {
            Tables.present(change.sql(), student);
            Undo.run(change, student, entry);
            return Reply.done("", "");
        });
        return newest.student(student, 200);
    }
}
