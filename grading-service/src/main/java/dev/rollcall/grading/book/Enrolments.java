package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Students of a gradebook come, are renamed, leave and come back. Thread-safe. */
public final class Enrolments {
    private final Writes writes;
    private final Newest newest;

    Enrolments(Writes writes, Newest newest) {
        this.writes = writes;
        this.newest = newest;
    }

    /** Adds a student. */
    public Reply add(Author author, Optional<IdempotencyKey> key, String firstName, String lastName) {
        return writes.once(author, key, change -> {
            var person = StudentChanges.add(change, firstName, lastName);
            var average = RosterReader.settings(change.sql()).average(Grades.NONE);
            var student = new Student(person.id(), person.firstName(), person.lastName(), List.of(), false, 1, average);
            return Reply.made(student, change.tag(1), "/students/" + person.id());
        });
    }

    /** Renames a student. */
    public Reply rename(Author author, int student, Versions versions, String firstName, String lastName) {
        return change(
                author, student, versions, (change, now) -> StudentChanges.rename(change, now, firstName, lastName));
    }

    /** Takes a student out of the class, or back. */
    public Reply withdraw(Author author, int student, Versions versions, boolean withdrawn) {
        return change(author, student, versions, (change, now) -> StudentChanges.withdraw(change, now, withdrawn));
    }

    private Reply change(Author author, int student, Versions versions, PersonWork work) {
        var reply = writes.change(author, change -> {
            var now = Tables.present(change.sql(), student);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, "");
            }
            return Reply.done(work.on(change, now), "");
        });
        return newest.student(student, reply.status());
    }

    @FunctionalInterface
    private interface PersonWork {
        Person on(Change change, Person now) throws SQLException;
    }
}
