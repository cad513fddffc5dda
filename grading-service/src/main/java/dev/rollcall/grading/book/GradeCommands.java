package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.Optional;

/** Adds, changes and removes grades. Thread-safe. */
public final class GradeCommands {
    private final ChangeRunner runner;
    private final int gradesMax;

    GradeCommands(ChangeRunner runner, int gradesMax) {
        this.runner = runner;
        this.gradesMax = gradesMax;
    }

    /** Adds a grade after the student's other grades. Adds its item if there is none. */
    public ChangeResult add(
            Author author,
            Optional<IdempotencyKey> key,
            int student,
            String title,
            GradeType type,
            Score score,
            String comment) {
        var edit = new GradeEdit(Optional.of(score), Optional.empty(), Optional.of(comment));
        return runner.once(author, key, change -> {
            Tables.requireStudent(change.sql(), student);
            var item = SettingChanges.findOrAddItem(change, title, type);
            var grade = GradeChanges.add(change, student, item, edit, gradesMax);
            return ChangeResult.created(grade, change.tag(1), location(student, grade.id()));
        });
    }

    public ChangeResult edit(Author author, int student, int grade, Versions versions, GradeEdit edit) {
        return runner.change(author, change -> {
            var now = requireGrade(change, student, grade);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, change.tag(now.version()));
            }
            var next = GradeChanges.edit(change, student, now, edit);
            return ChangeResult.done(next, change.tag(next.version()));
        });
    }

    /** Removes a grade; the result has its last state. */
    public ChangeResult remove(Author author, int student, int grade, Versions versions) {
        return runner.change(author, change -> {
            var now = requireGrade(change, student, grade);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, change.tag(now.version()));
            }
            GradeChanges.remove(change, student, now);
            return ChangeResult.done(now, change.tag(now.version()));
        });
    }

    /**
     * Sets the latest grade of a student for an item, or adds the first one.
     *
     * @param versions the expected versions of the latest grade; empty if there must be none
     */
    public ChangeResult fill(Author author, int student, int item, Optional<Versions> versions, GradeEdit edit) {
        return runner.change(author, change -> {
            Tables.requireStudent(change.sql(), student);
            var of = Tables.item(change.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            var now = Tables.cell(change.sql(), student, item);
            if (now.isEmpty() && versions.isPresent()) {
                throw new ChangeRefusedException(
                        ChangeRefusedException.Kind.OUTDATED, "there is no such grade (any more)");
            }
            if (now.isEmpty()) {
                var added = GradeChanges.add(change, student, of, edit, gradesMax);
                return ChangeResult.created(added, change.tag(1), location(student, added.id()));
            }
            if (versions.isEmpty() || !versions.get().include(now.get().version())) {
                return ChangeResult.outdated(now.get(), change.tag(now.get().version()));
            }
            var next = GradeChanges.edit(change, student, now.get(), edit);
            return ChangeResult.done(next, change.tag(next.version()));
        });
    }

    private static Grade requireGrade(RecordedChange change, int student, int id) throws SQLException {
        Tables.requireStudent(change.sql(), student);
        return Tables.grade(change.sql(), student, id).orElseThrow(ChangeRefusedException::noGrade);
    }

    private static String location(int student, int grade) {
        return "/students/" + student + "/grades/" + grade;
    }
}
