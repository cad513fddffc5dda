package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.Optional;

/** Grades of a gradebook are given, changed and taken back. Thread-safe. */
public final class GradeCommands {
    private final ChangeRunner changeRunner;
    private final int gradesMax;

    GradeCommands(ChangeRunner changeRunner, int gradesMax) {
        this.changeRunner = changeRunner;
        this.gradesMax = gradesMax;
    }

    /** Adds a grade behind the student's others; an item that isn't there yet is made. */
    public ChangeResult add(
            Author author,
            Optional<IdempotencyKey> key,
            int student,
            String title,
            GradeType type,
            Score score,
            String comment) {
        var edit = new GradeEdit(Optional.of(score), Optional.empty(), Optional.of(comment));
        return changeRunner.once(author, key, recordedChange -> {
            Tables.present(recordedChange.sql(), student);
            var item = SettingChanges.itemOf(recordedChange, title, type);
            var grade = GradeChanges.add(recordedChange, student, item, edit, gradesMax);
            return ChangeResult.created(grade, recordedChange.tag(1), location(student, grade.id()));
        });
    }

    /** Changes a grade. */
    public ChangeResult edit(Author author, int student, int grade, Versions versions, GradeEdit edit) {
        return changeRunner.change(author, recordedChange -> {
            var now = present(recordedChange, student, grade);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, recordedChange.tag(now.version()));
            }
            var next = GradeChanges.edit(recordedChange, student, now, edit);
            return ChangeResult.done(next, recordedChange.tag(next.version()));
        });
    }

    /** Takes a grade back; the reply has what it was. */
    public ChangeResult remove(Author author, int student, int grade, Versions versions) {
        return changeRunner.change(author, recordedChange -> {
            var now = present(recordedChange, student, grade);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, recordedChange.tag(now.version()));
            }
            GradeChanges.remove(recordedChange, student, now);
            return ChangeResult.done(now, recordedChange.tag(now.version()));
        });
    }

    /**
     * Sets the grade of a student for an item.
     *
     * @param versions of the latest such grade; empty if there must be none
     */
    public ChangeResult fill(Author author, int student, int item, Optional<Versions> versions, GradeEdit edit) {
        return changeRunner.change(author, recordedChange -> {
            Tables.present(recordedChange.sql(), student);
            var of = Tables.item(recordedChange.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            var now = Tables.cell(recordedChange.sql(), student, item);
            if (now.isEmpty() && versions.isPresent()) {
                throw new ChangeRefusedException(
                        ChangeRefusedException.Kind.OUTDATED, "there is no such grade (any more)");
            }
            if (now.isEmpty()) {
                var made = GradeChanges.add(recordedChange, student, of, edit, gradesMax);
                return ChangeResult.created(made, recordedChange.tag(1), location(student, made.id()));
            }
            if (versions.isEmpty() || !versions.get().include(now.get().version())) {
                return ChangeResult.outdated(
                        now.get(), recordedChange.tag(now.get().version()));
            }
            var next = GradeChanges.edit(recordedChange, student, now.get(), edit);
            return ChangeResult.done(next, recordedChange.tag(next.version()));
        });
    }

    private static Grade present(RecordedChange recordedChange, int student, int id) throws SQLException {
        Tables.present(recordedChange.sql(), student);
        return Tables.grade(recordedChange.sql(), student, id).orElseThrow(ChangeRefusedException::noGrade);
    }

    private static String location(int student, int grade) {
        return "/students/" + student + "/grades/" + grade;
    }
}
