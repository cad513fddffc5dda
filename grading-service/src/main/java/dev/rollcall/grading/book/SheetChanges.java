package dev.rollcall.grading.book;

import dev.rollcall.grading.book.SheetPlan.CellChange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Does what a sheet's plan says, in one transaction, in which the book is still that of the plan. */
final class SheetChanges {
    private final Change change;
    private final SheetPlan plan;
    private final int gradesMax;
    private final Map<Integer, Integer> newByLine = new HashMap<>();
    private final Map<Heading, Item> items = new HashMap<>();

    private SheetChanges(Change change, SheetPlan plan, int gradesMax) {
        this.change = change;
        this.plan = plan;
        this.gradesMax = gradesMax;
    }

    static void run(Change change, SheetPlan plan, int gradesMax) throws SQLException {
        new SheetChanges(change, plan, gradesMax).run();
    }

    private void run() throws SQLException {
        Tables.items(change.sql()).forEach(item -> items.put(new Heading(item.title(), item.type()), item));
        for (var item : plan.newItems()) {
            var made = SettingChanges.addItem(change, item.title(), item.type(), item.points());
            items.put(new Heading(made.title(), made.type()), made);
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
            fill(id, type, each);
            return;
        }
        var person = Tables.present(change.sql(), id);
        var name = each.to().toString();
        if (each.item().equals(Sheet.FIRST_NAME)) {
            StudentChanges.rename(change, person, name, person.lastName());
        } else {
            StudentChanges.rename(change, person, person.firstName(), name);
        }
    }

    /** Nothing is looked up that the plan knows: a large sheet is hundreds of thousands of these. */
    private void fill(int student, GradeType type, CellChange each) throws SQLException {
        var grade = each.grade();
        if (grade != null) {
            var now = Tables.grade(change.sql(), student, grade).orElseThrow(Refusal::noGrade);
            GradeChanges.edit(change, student, now, each.edit());
            return;
        }
        var item = items.get(new Heading(each.item(), type));
        if (item == null) {
            throw Refusal.noItem();
        }
        GradeChanges.add(change, student, item, each.edit(), gradesMax);
    }

    private record Heading(String title, GradeType type) {}
}
