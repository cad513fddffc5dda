package dev.rollcall.grading.store;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * A writing session with the gradebook's counters: the revision, and the last id of each kind of row. The row of the
 * counters is locked until the end of the transaction. So revisions are committed in order, also by several instances.
 * Not thread-safe.
 */
public final class Transaction {
    private static final String READ =
            "SELECT revision, last_student, last_item, last_grade, last_entry, grades FROM book";
    private static final String WRITE = "UPDATE book SET revision = ?, last_student = ?, last_item = ?, last_grade = ?,"
            + " last_entry = ?, grades = ?";
    private static final int REVISION = 0;
    private static final int GRADES = 5;
    private static final int COUNTERS = 6;

    private final Session session;
    private final long[] counters;
    private final long[] atBegin;

    private Transaction(Session session, long[] counters) {
        this.session = session;
        this.counters = counters;
        this.atBegin = counters.clone();
    }

    static Transaction begin(Session session, String lockClause) throws SQLException {
        var counters = session.first(READ + lockClause, row -> {
                    var numbers = new long[COUNTERS];
                    for (var i = 0; i < COUNTERS; i++) {
                        numbers[i] = row.number(i + 1);
                    }
                    return numbers;
                })
                .orElseThrow(() -> new SQLException("the book's row is missing"));
        return new Transaction(session, counters);
    }

    /** Returns the session of this transaction. */
    public Session sql() {
        return session;
    }

    /** Returns a new id, never used before. */
    public int next(Counter counter) {
        return Math.toIntExact(++counters[counter.index]);
    }

    /** Raises the revision; returns the new one. */
    public long raiseRevision() {
        return ++counters[REVISION];
    }

    /** Returns the number of grades in the gradebook. */
    public long grades() {
        return counters[GRADES];
    }

    /** Adjusts the number of grades. */
    public void countGrades(int difference) {
        counters[GRADES] += difference;
    }

    /** Returns the revision that the commit will have, with the increments so far. */
    public long revision() {
        return counters[REVISION];
    }

    long[] mark() {
        return counters.clone();
    }

    void resetTo(long[] mark) {
        System.arraycopy(mark, 0, counters, 0, COUNTERS);
    }

    void commit() throws SQLException {
        if (!Arrays.equals(counters, atBegin)) {
            session.update(WRITE, Arrays.stream(counters).boxed().toArray());
        }
        session.commit();
    }

    /** The kinds of rows with ids. */
    public enum Counter {
        STUDENT(1),
        ITEM(2),
        GRADE(3),
        /** History entries. */
        ENTRY(4);

        private final int index;

        Counter(int index) {
            this.index = index;
        }
    }
}
