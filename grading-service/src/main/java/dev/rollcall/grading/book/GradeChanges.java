package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;
import java.util.Optional;

/** Grades are given, changed and taken back. */
final class GradeChanges {
    private static final String INSERT =
            "INSERT INTO grade (student, id, item, score, excused, remark, version, entered)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private GradeChanges() {}

    static Grade add(RecordedChange recordedChange, int student, Item item, GradeEdit edit, int gradesMax)
            throws SQLException {
        if (recordedChange.transaction().grades() >= gradesMax) {
            throw new ChangeRefusedException(
                    ChangeRefusedException.Kind.FULL, "the gradebook has no room for more grades");
        }
        var grade = Grade.of(
                recordedChange.next(Counter.GRADE),
                item,
                edit.score().orElse(null),
                edit.excused().orElse(false),
                edit.comment().orElse(""),
                recordedChange.now());
        insert(recordedChange, student, grade);
        recordedChange.noteGrade(student, grade.id(), ChangeKind.GRADE_ADDED, null, grade);
        return grade;
    }

    static Grade edit(RecordedChange recordedChange, int student, Grade from, GradeEdit edit) throws SQLException {
        var to = from.changed(
                edit.score().or(() -> Optional.ofNullable(from.score())).orElse(null),
                edit.excused().orElse(from.excused()),
                edit.comment().orElse(from.comment()),
                recordedChange.now());
        return from.saysTheSameAs(to) ? from : store(recordedChange, student, from, to);
    }

    static Grade store(RecordedChange recordedChange, int student, Grade from, Grade to) throws SQLException {
        recordedChange
                .sql()
                .update(
                        "UPDATE grade SET score = ?, excused = ?, remark = ?, version = ?, entered = ?"
                                + " WHERE student = ? AND id = ?",
                        to.millionths(),
                        to.excused(),
                        to.comment(),
                        to.version(),
                        Tables.micros(to.time()),
                        student,
                        to.id());
        recordedChange.noteGrade(student, to.id(), ChangeKind.GRADE_CHANGED, from, to);
        return to;
    }

    static void remove(RecordedChange recordedChange, int student, Grade grade) throws SQLException {
        recordedChange.sql().update("DELETE FROM grade WHERE student = ? AND id = ?", student, grade.id());
        recordedChange.transaction().countGrades(-1);
        recordedChange.noteGrade(student, grade.id(), ChangeKind.GRADE_REMOVED, grade, null);
    }

    /** Puts a grade in that may have been there before. */
    static void insert(RecordedChange recordedChange, int student, Grade grade) throws SQLException {
        recordedChange
                .sql()
                .update(
                        INSERT,
                        student,
                        grade.id(),
                        grade.item(),
                        grade.millionths(),
                        grade.excused(),
                        grade.comment(),
                        grade.version(),
                        Tables.micros(grade.time()));
        recordedChange.transaction().countGrades(1);
    }
}
