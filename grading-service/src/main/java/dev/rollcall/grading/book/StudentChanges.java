package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;

/** Students come, are renamed, leave and come back. */
final class StudentChanges {
    private StudentChanges() {}

    static Person add(Change change, String firstName, String lastName) throws SQLException {
        var person = new Person(change.next(Counter.STUDENT), firstName, lastName, false, 1);
        change.sql()
                .update(
                        "INSERT INTO student VALUES (?, ?, ?, 0, 1)",
                        person.id(),
                        person.firstName(),
                        person.lastName());
        change.noteStudent(person.id(), What.STUDENT_ADDED, null, person);
        return person;
    }

    static Person rename(Change change, Person from, String firstName, String lastName) throws SQLException {
        var to = from.named(firstName, lastName);
        return from.saysTheSameAs(to) ? from : store(change, What.STUDENT_RENAMED, from, to);
    }

    static Person withdraw(Change change, Person from, boolean withdrawn) throws SQLException {
        var what = withdrawn ? What.STUDENT_WITHDRAWN : What.STUDENT_RESTORED;
        return from.withdrawn() == withdrawn ? from : store(change, what, from, from.withdrawn(withdrawn));
    }

    private static Person store(Change change, String what, Person from, Person to) throws SQLException {
        change.sql()
                .update(
                        "UPDATE student SET first_name = ?, last_name = ?, withdrawn = ?, version = ? WHERE id = ?",
                        to.firstName(),
                        to.lastName(),
                        to.withdrawn(),
                        to.version(),
                        to.id());
        change.noteStudent(to.id(), what, from, to);
        return to;
    }
}
