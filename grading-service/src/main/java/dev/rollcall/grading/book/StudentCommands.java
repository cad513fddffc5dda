package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Students of a gradebook come, are renamed, leave and come back. Thread-safe. */
public final class StudentCommands {
    private final ChangeRunner changeRunner;
    private final RosterCache rosterCache;

    StudentCommands(ChangeRunner changeRunner, RosterCache rosterCache) {
        this.changeRunner = changeRunner;
        this.rosterCache = rosterCache;
    }

    /** Adds a student. */
    public ChangeResult add(Author author, Optional<IdempotencyKey> key, String firstName, String lastName) {
        return changeRunner.once(author, key, recordedChange -> {
            var person = StudentChanges.add(recordedChange, firstName, lastName);
            var average = RosterReader.settings(recordedChange.sql()).average(Grades.NONE);
            var student = new Student(person.id(), person.firstName(), person.lastName(), List.of(), false, 1, average);
            return ChangeResult.created(student, recordedChange.tag(1), "/students/" + person.id());
        });
    }

    /** Renames a student. */
    public ChangeResult rename(Author author, int student, Versions versions, String firstName, String lastName) {
        return change(
                author,
                student,
                versions,
                (recordedChange, now) -> StudentChanges.rename(recordedChange, now, firstName, lastName));
    }

    /** Takes a student out of the class, or back. */
    public ChangeResult withdraw(Author author, int student, Versions versions, boolean withdrawn) {
        return change(
                author,
                student,
                versions,
                (recordedChange, now) -> StudentChanges.withdraw(recordedChange, now, withdrawn));
    }

    private ChangeResult change(Author author, int student, Versions versions, PersonWork work) {
        var changeResult = changeRunner.change(author, recordedChange -> {
            var now = Tables.present(recordedChange.sql(), student);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, "");
            }
            return ChangeResult.done(work.on(recordedChange, now), "");
        });
        return rosterCache.student(student, changeResult.status());
    }

    @FunctionalInterface
    private interface PersonWork {
        Person on(RecordedChange recordedChange, Person now) throws SQLException;
    }
}
