package dev.rollcall.grading.book;

import dev.rollcall.grading.book.SheetPlan.CellChange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Does what a sheet's plan says, in one transaction, in which the book is still that of the plan. */
final class SheetChanges {
    private final RecordedChange recordedChange;
    private final SheetPlan plan;
    private final int gradesMax;
    private final Map<Integer, Integer> newByLine = new HashMap<>();
    private final Map<Heading, Item> items = new HashMap<>();

    private SheetChanges(RecordedChange recordedChange, SheetPlan plan, int gradesMax) {
        this.recordedChange = recordedChange;
        this.plan = plan;
        this.gradesMax = gradesMax;
    }

    static void run(RecordedChange recordedChange, SheetPlan plan, int gradesMax) throws SQLException {
        new SheetChanges(recordedChange, plan, gradesMax).run();
    }

    private void run() throws SQLException {
        Tables.items(recordedChange.sql()).forEach(item -> items.put(new Heading(item.title(), item.type()), item));
        for (var item : plan.newItems()) {
            var made = SettingChanges.addItem(recordedChange, item.title(), item.type(), item.points());
            items.put(new Heading(made.title(), made.type()), made);
        }
        for (var student : plan.newStudents()) {
            var made = StudentChanges.add(recordedChange, student.firstName(), student.lastName());
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
        var person = Tables.present(recordedChange.sql(), id);
        var name = each.to().toString();
        if (each.item().equals(Sheet.FIRST_NAME)) {
            StudentChanges.rename(recordedChange, person, name, person.lastName());
        } else {
            StudentChanges.rename(recordedChange, person, person.firstName(), name);
        }
    }

    /** Nothing is looked up that the plan knows: a large sheet is hundreds of thousands of these. */
    private void fill(int student, GradeType type, CellChange each) throws SQLException {
        var grade = each.grade();
        if (grade != null) {
            var now = Tables.grade(recordedChange.sql(), student, grade).orElseThrow(ChangeRefusedException::noGrade);
            GradeChanges.edit(recordedChange, student, now, each.edit());
            return;
        }
        var item = items.get(new Heading(each.item(), type));
        if (item == null) {
            throw ChangeRefusedException.noItem();
        }
        GradeChanges.add(recordedChange, student, item, each.edit(), gradesMax);
    }

    private record Heading(String title, GradeType type) {}
}
