package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.grading.store.Transaction;
import dev.rollcall.grading.store.Transaction.Counter;
import dev.rollcall.wire.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One transaction by somebody: what it changes is noted in the history, in the same transaction.
 *
 * @param now when
 */
record RecordedChange(Transaction transaction, Author author, Instant now) {
    /** In microseconds, which is what the tables keep. */
    RecordedChange {
        now = now.truncatedTo(ChronoUnit.MICROS);
    }

    private static final String NOTE = "INSERT INTO history (id, revision, happened, who, student, grade, what,"
            + " old_state, new_state, why, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    Session sql() {
        return transaction.sql();
    }

    int next(Counter counter) {
        return transaction.next(counter);
    }

    /** The tag of something that this change leaves with a version. */
    String tag(int version) {
        return version + "." + transaction.revision();
    }

    /** Notes a change that isn't about a student. */
    void note(String what, @Nullable Object from, @Nullable Object to) throws SQLException {
        insert(null, null, what, from, to);
    }

    void noteStudent(int student, String what, @Nullable Person from, @Nullable Person to) throws SQLException {
        insert(student, null, what, from, to);
    }

    void noteGrade(int student, int grade, String what, @Nullable Grade from, @Nullable Grade to) throws SQLException {
        insert(student, grade, what, from, to);
    }

    private void insert(
            @Nullable Integer student, @Nullable Integer grade, String what, @Nullable Object from, @Nullable Object to)
            throws SQLException {
        sql().update(
                        NOTE,
                        next(Counter.ENTRY),
                        transaction.raiseRevision(),
                        Tables.micros(now),
                        author.who(),
                        student,
                        grade,
                        what,
                        from == null ? null : Json.text(from),
                        to == null ? null : Json.text(to),
                        author.why(),
                        author.trace());
    }
}
