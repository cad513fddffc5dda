package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;

/** Writes changes of students, with their history, within a transaction. */
final class StudentChanges {
    private StudentChanges() {}

    static Person add(RecordedChange change, String firstName, String lastName) throws SQLException {
        var person = new Person(change.next(Counter.STUDENT), firstName, lastName, false, 1);
        change.sql()
                .update(
                        "INSERT INTO student VALUES (?, ?, ?, 0, 1)",
                        person.id(),
                        person.firstName(),
                        person.lastName());
        change.recordStudent(person.id(), ChangeKind.STUDENT_ADDED, null, person);
        return person;
    }

    static Person rename(RecordedChange change, Person from, String firstName, String lastName) throws SQLException {
        var to = from.renamed(firstName, lastName);
        return from.hasSameContentAs(to) ? from : store(change, ChangeKind.STUDENT_RENAMED, from, to);
    }

    static Person withdraw(RecordedChange change, Person from, boolean withdrawn) throws SQLException {
        var what = withdrawn ? ChangeKind.STUDENT_WITHDRAWN : ChangeKind.STUDENT_RESTORED;
        return from.withdrawn() == withdrawn ? from : store(change, what, from, from.withdrawn(withdrawn));
    }

    private static Person store(RecordedChange change, String what, Person from, Person to) throws SQLException {
        change.sql()
                .update(
                        "UPDATE student SET first_name = ?, last_name = ?, withdrawn = ?, version = ? WHERE id = ?",
                        to.firstName(),
                        to.lastName(),
                        to.withdrawn(),
                        to.version(),
                        to.id());
        change.recordStudent(to.id(), what, from, to);
        return to;
    }
}
