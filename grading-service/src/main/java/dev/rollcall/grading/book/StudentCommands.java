package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Adds, renames, withdraws and restores students. Thread-safe. */
public final class StudentCommands {
    private final ChangeRunner runner;
    private final RosterCache rosterCache;

    StudentCommands(ChangeRunner runner, RosterCache rosterCache) {
        this.runner = runner;
        this.rosterCache = rosterCache;
    }

    public ChangeResult add(Author author, Optional<IdempotencyKey> key, String firstName, String lastName) {
        return runner.once(author, key, change -> {
            var person = StudentChanges.add(change, firstName, lastName);
            var average = RosterReader.averagingRules(change.sql()).average(Grades.NONE);
            var student = new Student(person.id(), person.firstName(), person.lastName(), List.of(), false, 1, average);
            return ChangeResult.created(student, change.tag(1), "/students/" + person.id());
        });
    }

    public ChangeResult rename(Author author, int student, Versions versions, String firstName, String lastName) {
        return change(
                author, student, versions, (change, now) -> StudentChanges.rename(change, now, firstName, lastName));
    }

    /** Withdraws a student from the class, or restores the student. */
    public ChangeResult withdraw(Author author, int student, Versions versions, boolean withdrawn) {
        return change(author, student, versions, (change, now) -> StudentChanges.withdraw(change, now, withdrawn));
    }

    private ChangeResult change(Author author, int student, Versions versions, PersonChange body) {
        var isChanged = runner.change(author, change -> {
            var now = Tables.requireStudent(change.sql(), student);
            if (!versions.include(now.version())) {
                return false;
            }
            body.apply(change, now);
            return true;
        });
        return rosterCache.result(student, isChanged);
    }

    @FunctionalInterface
    private interface PersonChange {
        Person apply(RecordedChange change, Person now) throws SQLException;
    }
}
