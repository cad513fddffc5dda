package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;

/** Students come, are renamed, leave and come back. */
final class StudentChanges {
    private StudentChanges() {}

    static Person add(RecordedChange recordedChange, String firstName, String lastName) throws SQLException {
        var person = new Person(recordedChange.next(Counter.STUDENT), firstName, lastName, false, 1);
        recordedChange
                .sql()
                .update(
                        "INSERT INTO student VALUES (?, ?, ?, 0, 1)",
                        person.id(),
                        person.firstName(),
                        person.lastName());
        recordedChange.noteStudent(person.id(), ChangeKind.STUDENT_ADDED, null, person);
        return person;
    }

    static Person rename(RecordedChange recordedChange, Person from, String firstName, String lastName)
            throws SQLException {
        var to = from.named(firstName, lastName);
        return from.saysTheSameAs(to) ? from : store(recordedChange, ChangeKind.STUDENT_RENAMED, from, to);
    }

    static Person withdraw(RecordedChange recordedChange, Person from, boolean withdrawn) throws SQLException {
        var what = withdrawn ? ChangeKind.STUDENT_WITHDRAWN : ChangeKind.STUDENT_RESTORED;
        return from.withdrawn() == withdrawn ? from : store(recordedChange, what, from, from.withdrawn(withdrawn));
    }

    private static Person store(RecordedChange recordedChange, String what, Person from, Person to)
            throws SQLException {
        recordedChange
                .sql()
                .update(
                        "UPDATE student SET first_name = ?, last_name = ?, withdrawn = ?, version = ? WHERE id = ?",
                        to.firstName(),
                        to.lastName(),
                        to.withdrawn(),
                        to.version(),
                        to.id());
        recordedChange.noteStudent(to.id(), what, from, to);
        return to;
    }
}
