package dev.rollcall.grading.store;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * A session that writes, with the book's counters: the revision, and the last number given to each kind of row. The
 * book's row is locked as long as the transaction lasts, so that revisions are committed in their order, by however
 * many instances. Not thread-safe.
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
        var counters = session.first(READ + lockClause, resultRow -> {
                    var numbers = new long[COUNTERS];
                    for (var i = 0; i < COUNTERS; i++) {
                        numbers[i] = resultRow.number(i + 1);
                    }
                    return numbers;
                })
                .orElseThrow(() -> new SQLException("the book's row is missing"));
        return new Transaction(session, counters);
    }

    /** The tables. */
    public Session sql() {
        return session;
    }

    /** A new number, never given before. */
    public int next(Counter counter) {
        return Math.toIntExact(++counters[counter.place]);
    }

    /** Raises the revision, which marks a change: what is done in this work is part of it. */
    public long raiseRevision() {
        return ++counters[REVISION];
    }

    /** How many grades the book holds. */
    public long grades() {
        return counters[GRADES];
    }

    /** Grades came or went. */
    public void countGrades(int more) {
        counters[GRADES] += more;
    }

    /** The revision that the commit will make, with what was raised so far. */
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

    /** What is numbered. */
    public enum Counter {
        /** Students. */
        STUDENT(1),
        /** Graded items. */
        ITEM(2),
        /** Grades. */
        GRADE(3),
        /** Entries of the history. */
        ENTRY(4);

        private final int place;

        Counter(int place) {
            this.place = place;
        }
    }
}
