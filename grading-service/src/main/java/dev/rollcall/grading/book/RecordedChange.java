package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.grading.store.Transaction;
import dev.rollcall.grading.store.Transaction.Counter;
import dev.rollcall.wire.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A transaction with its author and time. Each change is recorded in the history in the same transaction. */
record RecordedChange(Transaction transaction, Author author, Instant now) {
    /** Truncates the time to microseconds, the resolution of the tables. */
    RecordedChange {
        now = now.truncatedTo(ChronoUnit.MICROS);
    }

    private static final String INSERT = "INSERT INTO history (id, revision, happened, who, student, grade, what,"
            + " old_state, new_state, why, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    Session sql() {
        return transaction.sql();
    }

    int next(Counter counter) {
        return transaction.next(counter);
    }

    /** Returns the entity tag of an object that has this version after the change. */
    String tag(int version) {
        return version + "." + transaction.revision();
    }

    /** Records a change that concerns no student. */
    void record(String what, @Nullable Object from, @Nullable Object to) throws SQLException {
        insert(null, null, what, from, to);
    }

    void recordStudent(int student, String what, @Nullable Person from, @Nullable Person to) throws SQLException {
        insert(student, null, what, from, to);
    }

    void recordGrade(int student, int grade, String what, @Nullable Grade from, @Nullable Grade to)
            throws SQLException {
        insert(student, grade, what, from, to);
    }

    private void insert(
            @Nullable Integer student, @Nullable Integer grade, String what, @Nullable Object from, @Nullable Object to)
            throws SQLException {
        sql().update(
                        INSERT,
                        next(Counter.ENTRY),
                        transaction.raiseRevision(),
                        Tables.micros(now),
                        author.name(),
                        student,
                        grade,
                        what,
                        from == null ? null : Json.text(from),
                        to == null ? null : Json.text(to),
                        author.reason(),
                        author.trace());
    }
}
