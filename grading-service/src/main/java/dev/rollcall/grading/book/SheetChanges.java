package dev.rollcall.grading.book;

import dev.rollcall.grading.book.SheetPlan.CellChange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Applies a sheet's plan in one transaction that sees the revision of the plan. */
final class SheetChanges {
    private final RecordedChange change;
    private final SheetPlan plan;
    private final int gradesMax;
    private final Map<Integer, Integer> newStudentsByLine = new HashMap<>();
    private final Map<Heading, Item> items = new HashMap<>();

    private SheetChanges(RecordedChange change, SheetPlan plan, int gradesMax) {
        this.change = change;
        this.plan = plan;
        this.gradesMax = gradesMax;
    }

    static void run(RecordedChange change, SheetPlan plan, int gradesMax) throws SQLException {
        new SheetChanges(change, plan, gradesMax).run();
    }

    private void run() throws SQLException {
        Tables.items(change.sql()).forEach(item -> items.put(new Heading(item.title(), item.type()), item));
        for (var item : plan.newItems()) {
            var added = SettingChanges.addItem(change, item.title(), item.type(), item.points());
            items.put(new Heading(added.title(), added.type()), added);
        }
        for (var student : plan.newStudents()) {
            var added = StudentChanges.add(change, student.firstName(), student.lastName());
            newStudentsByLine.put(student.line(), added.id());
        }
        for (var cell : plan.changes()) {
            run(cell);
        }
    }

    private void run(CellChange cell) throws SQLException {
        var existing = cell.student();
        var id = existing != null ? existing : newStudentsByLine.getOrDefault(cell.line(), 0);
        var type = cell.type();
        if (type != null) {
            fill(id, type, cell);
            return;
        }
        var person = Tables.requireStudent(change.sql(), id);
        var name = cell.to().toString();
        if (cell.item().equals(Sheet.FIRST_NAME)) {
            StudentChanges.rename(change, person, name, person.lastName());
        } else {
            StudentChanges.rename(change, person, person.firstName(), name);
        }
    }

    /** Uses the ids in the plan instead of queries: a large sheet has hundreds of thousands of cells. */
    private void fill(int student, GradeType type, CellChange cell) throws SQLException {
        var grade = cell.grade();
        if (grade != null) {
            var now = Tables.grade(change.sql(), student, grade).orElseThrow(ChangeRefusedException::noGrade);
            GradeChanges.edit(change, student, now, cell.edit());
            return;
        }
        var item = items.get(new Heading(cell.item(), type));
        if (item == null) {
            throw ChangeRefusedException.noItem();
        }
        GradeChanges.add(change, student, item, cell.edit(), gradesMax);
    }

    private record Heading(String title, GradeType type) {}
}
