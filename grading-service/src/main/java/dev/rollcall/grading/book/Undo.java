package dev.rollcall.grading.book;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the inverse of a change, as a new change; only if what it made is there as it made it. What was done later and is
 * undone doesn't count, so changes may be undone one by one, the last one first.
 */
final class Undo {
    private final RecordedChange recordedChange;
    private final int student;
    private final HistoryEntry entry;

    private Undo(RecordedChange recordedChange, int student, HistoryEntry entry) {
        this.recordedChange = recordedChange;
        this.student = student;
        this.entry = entry;
    }

    static void run(RecordedChange recordedChange, int student, int id) throws SQLException {
        var entry = History.entry(recordedChange.sql(), student, id)
                .orElseThrow(() -> new ChangeRefusedException(
                        ChangeRefusedException.Kind.ABSENT,
                        "this student's history has no such entry; GET /students/{id}/history lists them"));
        new Undo(recordedChange, student, entry).run();
    }

    private void run() throws SQLException {
        switch (entry.what()) {
            case ChangeKind.GRADE_ADDED -> GradeChanges.remove(recordedChange, student, present(to(Grade.class)));
            case ChangeKind.GRADE_CHANGED -> {
                var now = present(to(Grade.class));
                var from = from(Grade.class);
                GradeChanges.store(
                        recordedChange,
                        student,
                        now,
                        now.changed(from.score(), from.excused(), from.comment(), recordedChange.now()));
            }
            case ChangeKind.GRADE_REMOVED -> restore(from(Grade.class));
            case ChangeKind.STUDENT_ADDED -> StudentChanges.withdraw(recordedChange, present(to(Person.class)), true);
            case ChangeKind.STUDENT_RENAMED -> {
                var from = from(Person.class);
                StudentChanges.rename(recordedChange, present(to(Person.class)), from.firstName(), from.lastName());
            }
            case ChangeKind.STUDENT_WITHDRAWN ->
                StudentChanges.withdraw(recordedChange, present(to(Person.class)), false);
            case ChangeKind.STUDENT_RESTORED ->
                StudentChanges.withdraw(recordedChange, present(to(Person.class)), true);
            default ->
                throw new ChangeRefusedException(ChangeRefusedException.Kind.CONFLICT, "this change can't be undone");
        }
    }

    private Grade present(Grade then) throws SQLException {
        return Tables.grade(recordedChange.sql(), student, then.id())
                .filter(now -> now.isGradedAs(then))
                .orElseThrow(Undo::changedSince);
    }

    private Person present(Person then) throws SQLException {
        return Tables.person(recordedChange.sql(), then.id())
                .filter(now -> now.saysTheSameAs(then))
                .orElseThrow(Undo::changedSince);
    }

    /** Under its old number, with a version that it never had, which only its last removal can tell. */
    private void restore(Grade from) throws SQLException {
        if (History.latest(recordedChange.sql(), student, from.id()) != entry.id()) {
            throw changedSince();
        }
        var item = Tables.item(recordedChange.sql(), from.item())
                .orElseThrow(() -> new ChangeRefusedException(
                        ChangeRefusedException.Kind.CONFLICT, "the item of this grade is gone"));
        var grade = new Grade(
                item.title(),
                item.type(),
                from.score(),
                from.id(),
                item.id(),
                item.points(),
                from.excused(),
                from.comment(),
                from.version() + 1,
                recordedChange.now());
        GradeChanges.insert(recordedChange, student, grade);
        recordedChange.noteGrade(student, grade.id(), ChangeKind.GRADE_ADDED, null, grade);
    }

    private <T> T from(Class<T> type) {
        return read(entry.from(), type);
    }

    private <T> T to(Class<T> type) {
        return read(entry.to(), type);
    }

    private static <T> T read(@Nullable String json, Class<T> type) {
        try {
            return Json.read(Optional.ofNullable(json).orElse(""), type);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the history has something else than a " + type.getSimpleName(), e);
        }
    }

    private static ChangeRefusedException changedSince() {
        return new ChangeRefusedException(
                ChangeRefusedException.Kind.CONFLICT, "this has been changed since; undo the later change first");
    }
}
