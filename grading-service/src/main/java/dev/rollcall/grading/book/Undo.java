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
    private final Change change;
    private final int student;
    private final HistoryEntry entry;

    private Undo(Change change, int student, HistoryEntry entry) {
        this.change = change;
        this.student = student;
        this.entry = entry;
    }

    static void run(Change change, int student, int id) throws SQLException {
        var entry = History.entry(change.sql(), student, id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.ABSENT,
                        "this student's history has no such entry; GET /students/{id}/history lists them"));
        new Undo(change, student, entry).run();
    }

    private void run() throws SQLException {
        switch (entry.what()) {
            case What.GRADE_ADDED -> GradeChanges.remove(change, student, present(to(Grade.class)));
            case What.GRADE_CHANGED -> {
                var now = present(to(Grade.class));
                var from = from(Grade.class);
                GradeChanges.store(
                        change, student, now, now.changed(from.score(), from.excused(), from.comment(), change.now()));
            }
            case What.GRADE_REMOVED -> putBack(from(Grade.class));
            case What.STUDENT_ADDED -> StudentChanges.withdraw(change, present(to(Person.class)), true);
            case What.STUDENT_RENAMED -> {
                var from = from(Person.class);
                StudentChanges.rename(change, present(to(Person.class)), from.firstName(), from.lastName());
            }
            case What.STUDENT_WITHDRAWN -> StudentChanges.withdraw(change, present(to(Person.class)), false);
            case What.STUDENT_RESTORED -> StudentChanges.withdraw(change, present(to(Person.class)), true);
            default -> throw new Refusal(Refusal.Kind.CONFLICT, "this change can't be undone");
        }
    }

    private Grade present(Grade then) throws SQLException {
        return Tables.grade(change.sql(), student, then.id())
                .filter(now -> now.isGradedAs(then))
                .orElseThrow(Undo::changedSince);
    }

    private Person present(Person then) throws SQLException {
        return Tables.person(change.sql(), then.id())
                .filter(now -> now.saysTheSameAs(then))
                .orElseThrow(Undo::changedSince);
    }

    /** Under its old number, with a version that it never had, which only its last removal can tell. */
    private void putBack(Grade from) throws SQLException {
        if (History.latest(change.sql(), student, from.id()) != entry.id()) {
            throw changedSince();
        }
        var item = Tables.item(change.sql(), from.item())
                .orElseThrow(() -> new Refusal(Refusal.Kind.CONFLICT, "the item of this grade is gone"));
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
        change.noteGrade(student, grade.id(), What.GRADE_ADDED, null, grade);
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

    private static Refusal changedSince() {
        return new Refusal(Refusal.Kind.CONFLICT, "this has been changed since; undo the later change first");
    }
}
