package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;
import java.util.Optional;

/** Writes changes of grades, with their history, within a transaction. */
final class GradeChanges {
    private static final String INSERT =
            "INSERT INTO grade (student, id, item, score, excused, remark, version, entered)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private GradeChanges() {}

    static Grade add(RecordedChange change, int student, Item item, GradeEdit edit, int gradesMax) throws SQLException {
        if (change.transaction().grades() >= gradesMax) {
            throw new ChangeRefusedException(
                    ChangeRefusedException.Kind.FULL, "the gradebook has no room for more grades");
        }
        var grade = Grade.of(
                change.next(Counter.GRADE),
                item,
                edit.score().orElse(null),
                edit.excused().orElse(false),
                edit.comment().orElse(""),
                change.now());
        insert(change, student, grade);
        change.recordGrade(student, grade.id(), ChangeKind.GRADE_ADDED, null, grade);
        return grade;
    }

    static Grade edit(RecordedChange change, int student, Grade from, GradeEdit edit) throws SQLException {
        var to = from.changed(
                edit.score().or(() -> Optional.ofNullable(from.score())).orElse(null),
                edit.excused().orElse(from.excused()),
                edit.comment().orElse(from.comment()),
                change.now());
        return from.hasSameContentAs(to) ? from : store(change, student, from, to);
    }

    static Grade store(RecordedChange change, int student, Grade from, Grade to) throws SQLException {
        change.sql()
                .update(
                        "UPDATE grade SET score = ?, excused = ?, remark = ?, version = ?, entered = ?"
                                + " WHERE student = ? AND id = ?",
                        to.scoreMillionths(),
                        to.excused(),
                        to.comment(),
                        to.version(),
                        Tables.micros(to.time()),
                        student,
                        to.id());
        change.recordGrade(student, to.id(), ChangeKind.GRADE_CHANGED, from, to);
        return to;
    }

    static void remove(RecordedChange change, int student, Grade grade) throws SQLException {
        change.sql().update("DELETE FROM grade WHERE student = ? AND id = ?", student, grade.id());
        change.transaction().countGrades(-1);
        change.recordGrade(student, grade.id(), ChangeKind.GRADE_REMOVED, grade, null);
    }

    /** Inserts a grade: a new one, or a removed one again. */
    static void insert(RecordedChange change, int student, Grade grade) throws SQLException {
        change.sql()
                .update(
                        INSERT,
                        student,
                        grade.id(),
                        grade.item(),
                        grade.scoreMillionths(),
                        grade.excused(),
                        grade.comment(),
                        grade.version(),
                        Tables.micros(grade.time()));
        change.transaction().countGrades(1);
    }
}
