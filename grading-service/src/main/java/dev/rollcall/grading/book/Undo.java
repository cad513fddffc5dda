package dev.rollcall.grading.book;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a change by a new, inverse change, if the state is still that after the change. Later changes that were undone
 * don't matter, so changes can be undone one by one, the last one first.
 */
final class Undo {
    private final RecordedChange change;
    private final int student;
    private final HistoryEntry entry;

    private Undo(RecordedChange change, int student, HistoryEntry entry) {
        this.change = change;
        this.student = student;
        this.entry = entry;
    }

    static void run(RecordedChange change, int student, int id) throws SQLException {
        var entry = History.entry(change.sql(), student, id)
                .orElseThrow(() -> new ChangeRefusedException(
                        ChangeRefusedException.Kind.ABSENT,
                        "this student's history has no such entry; GET /students/{id}/history lists them"));
        new Undo(change, student, entry).run();
    }

    private void run() throws SQLException {
        switch (entry.what()) {
            case ChangeKind.GRADE_ADDED -> GradeChanges.remove(change, student, requireUnchanged(to(Grade.class)));
            case ChangeKind.GRADE_CHANGED -> {
                var now = requireUnchanged(to(Grade.class));
                var from = from(Grade.class);
                GradeChanges.store(
                        change, student, now, now.changed(from.score(), from.excused(), from.comment(), change.now()));
            }
            case ChangeKind.GRADE_REMOVED -> restore(from(Grade.class));
            case ChangeKind.STUDENT_ADDED -> StudentChanges.withdraw(change, requireUnchanged(to(Person.class)), true);
            case ChangeKind.STUDENT_RENAMED -> {
                var from = from(Person.class);
                StudentChanges.rename(change, requireUnchanged(to(Person.class)), from.firstName(), from.lastName());
            }
            case ChangeKind.STUDENT_WITHDRAWN ->
                StudentChanges.withdraw(change, requireUnchanged(to(Person.class)), false);
            case ChangeKind.STUDENT_RESTORED ->
                StudentChanges.withdraw(change, requireUnchanged(to(Person.class)), true);
            default ->
                throw new ChangeRefusedException(ChangeRefusedException.Kind.CONFLICT, "this change can't be undone");
        }
    }

    private Grade requireUnchanged(Grade then) throws SQLException {
        return Tables.grade(change.sql(), student, then.id())
                .filter(now -> now.hasSameResultAs(then))
                .orElseThrow(Undo::changedSince);
    }

    private Person requireUnchanged(Person then) throws SQLException {
        return Tables.person(change.sql(), then.id())
                .filter(now -> now.hasSameContentAs(then))
                .orElseThrow(Undo::changedSince);
    }

    /** Restores a grade with its old id and a new version. Only its last removal knows its last version. */
    private void restore(Grade from) throws SQLException {
        if (History.latest(change.sql(), student, from.id()) != entry.id()) {
            throw changedSince();
        }
        var item = Tables.item(change.sql(), from.item())
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
                change.now());
        GradeChanges.insert(change, student, grade);
        change.recordGrade(student, grade.id(), ChangeKind.GRADE_ADDED, null, grade);
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
            throw new IllegalStateException("the history entry is no " + type.getSimpleName(), e);
        }
    }

    private static ChangeRefusedException changedSince() {
        return new ChangeRefusedException(
                ChangeRefusedException.Kind.CONFLICT, "this has been changed since; undo the later change first");
    }
}
