package dev.rollcall.grading.book;

import dev.rollcall.grading.book.SheetPlan.CellChange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Does what a sheet's plan says, in one transaction. */
final class SheetChanges {
    private final Change change;
    private final SheetPlan plan;
    private final int gradesMax;
    private final Map<Integer, Integer> newByLine = new HashMap<>();

    private SheetChanges(Change change, SheetPlan plan, int gradesMax) {
        this.change = change;
        this.plan = plan;
        this.gradesMax = gradesMax;
    }

    static void run(Change change, SheetPlan plan, int gradesMax) throws SQLException {
        new SheetChanges(change, plan, gradesMax).run();
    }

    private void run() throws SQLException {
        for (var item : plan.newItems()) {
            SettingChanges.addItem(change, item.title(), item.type(), item.points());
        }
        for (var student : plan.newStudents()) {
            var made = StudentChanges.add(change, student.firstName(), student.lastName());
            newByLine.put(student.line(), made.id());
        }
        for (var each : plan.changes()) {
            run(each);
        }
    }

    private void run(CellChange each) throws SQLException {
        var known = each.student();
        var id = known != null ? known : newByLine.getOrDefault(each.line(), 0);
        var type = each.type();
        if (type != null) {
            fill(id, SettingChanges.itemOf(change, each.item(), type), each.edit());
            return;
        }
        var person = Tables.person(change.sql(), id).orElseThrow(Refusal::noStudent);
        var name = each.to().toString();
        if (each.item().equals(Sheet.FIRST_NAME)) {
            StudentChanges.rename(change, person, name, person.lastName());
        } else {
            StudentChanges.rename(change, person, person.firstName(), name);
        }
    }

    private void fill(int student, Item item, GradeEdit edit) throws SQLException {
        var now = Tables.cell(change.sql(), student, item.id());
        if (now.isPresent()) {
            GradeChanges.edit(change, student, now.get(), edit);
        } else {
            GradeChanges.add(change, student, item, edit, gradesMax);
        }
    }
}
