package dev.rollcall.grading.book;

import java.sql.SQLException;
import java.util.Optional;

/** Grades of a gradebook are given, changed and taken back. Thread-safe. */
public final class Marking {
    private final Writes writes;
    private final int gradesMax;

    Marking(Writes writes, int gradesMax) {
        this.writes = writes;
        this.gradesMax = gradesMax;
    }

    /** Adds a grade behind the student's others; an item that isn't there yet is made. */
    public Reply add(
            Author author,
            Optional<IdempotencyKey> key,
            int student,
            String title,
            GradeType type,
            Score score,
            String comment) {
        var edit = new GradeEdit(Optional.of(score), Optional.empty(), Optional.of(comment));
        return writes.once(author, key, change -> {
            Tables.present(change.sql(), student);
            var item = SettingChanges.itemOf(change, title, type);
            var grade = GradeChanges.add(change, student, item, edit, gradesMax);
            return Reply.made(grade, change.tag(1), location(student, grade.id()));
        });
    }

    /** Changes a grade. */
    public Reply edit(Author author, int student, int grade, Versions versions, GradeEdit edit) {
        return writes.change(author, change -> {
            var now = present(change, student, grade);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, change.tag(now.version()));
            }
            var next = GradeChanges.edit(change, student, now, edit);
            return Reply.done(next, change.tag(next.version()));
        });
    }

    /** Takes a grade back; the reply has what it was. */
    public Reply remove(Author author, int student, int grade, Versions versions) {
        return writes.change(author, change -> {
            var now = present(change, student, grade);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, change.tag(now.version()));
            }
            GradeChanges.remove(change, student, now);
            return Reply.done(now, change.tag(now.version()));
        });
    }

    /**
     * Sets the grade of a student for an item.
     *
     * @param versions of the latest such grade; empty if there must be none
     */
    public Reply fill(Author author, int student, int item, Optional<Versions> versions, GradeEdit edit) {
        return writes.change(author, change -> {
            Tables.present(change.sql(), student);
            var of = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            var now = Tables.cell(change.sql(), student, item);
            if (now.isEmpty() && versions.isPresent()) {
                throw new Refusal(Refusal.Kind.OUTDATED, "there is no such grade (any more)");
            }
            if (now.isEmpty()) {
                var made = GradeChanges.add(change, student, of, edit, gradesMax);
                return Reply.made(made, change.tag(1), location(student, made.id()));
            }
            if (versions.isEmpty() || !versions.get().include(now.get().version())) {
                return Reply.outdated(now.get(), change.tag(now.get().version()));
            }
            var next = GradeChanges.edit(change, student, now.get(), edit);
            return Reply.done(next, change.tag(next.version()));
        });
    }

    private static Grade present(Change change, int student, int id) throws SQLException {
        Tables.present(change.sql(), student);
        return Tables.grade(change.sql(), student, id).orElseThrow(Refusal::noGrade);
    }

    private static String location(int student, int grade) {
        return "/students/" + student + "/grades/" + grade;
    }
}
