package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grid of students and items.
 *
 * @param items the columns
 * @param rows the students, each with one cell per item
 * @param total the number of all students
 */
record Grid(List<Item> items, List<Row> rows, long total) {
    Grid {
        items = List.copyOf(items);
        rows = List.copyOf(rows);
    }

    @JsonCreator
    static Grid fromWire(
            @JsonProperty("Items") @JsonSetter(nulls = Nulls.SET) @Nullable List<Item> items,
            @JsonProperty("Students") @JsonSetter(nulls = Nulls.SET) @Nullable List<Row> students,
            @JsonProperty("Total") @Nullable Long total) {
        if (items == null || students == null) {
            throw new IllegalArgumentException("a gradebook has Items and Students");
        }
        var rows = students.stream().map(row -> row.filledTo(items.size())).toList();
        return new Grid(items, rows, total == null ? rows.size() : total);
    }

    /** Builds the grid from a plain service's students: titles are columns, and a title's last grade is the cell. */
    static Grid of(List<Student> all, StudentsQuery query) {
        var columns = new LinkedHashMap<List<String>, Item>();
        for (var student : all) {
            for (var grade : student.grades()) {
                columns.putIfAbsent(
                        List.of(grade.title(), grade.type()),
                        new Item(0, grade.title(), grade.type(), grade.points(), 0));
            }
        }
        var shown = ClassList.page(ClassList.withAverages(all), query);
        var rows = shown.stream().map(student -> row(student, columns)).toList();
        return new Grid(
                List.copyOf(columns.values()),
                rows,
                ClassList.paging(all, query).total());
    }

    private static Row row(Student student, Map<List<String>, Item> columns) {
        var cells = new ArrayList<Cell>();
        for (var column : columns.keySet()) {
            var grade = student.grades().stream()
                    .filter(each -> List.of(each.title(), each.type()).equals(column))
                    .reduce((first, second) -> second);
            cells.add(grade.map(g -> new Cell(0, g.scored(), g.isExcused(), 0)).orElse(Cell.BLANK));
        }
        return new Row(student.id(), student.firstName(), student.lastName(), student.averages(), cells);
    }

    /** One student's row. */
    record Row(long id, String firstName, String lastName, Averages averages, List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        @JsonCreator
        static Row fromWire(
                @JsonProperty("ID") @Nullable Long id,
                @JsonProperty("FirstName") String firstName,
                @JsonProperty("LastName") String lastName,
                @JsonProperty("Average") @Nullable Averages average,
                // a null is a blank cell, and must keep its place
                @JsonProperty("Cells") @JsonSetter(contentNulls = Nulls.SET) List<@Nullable Cell> cells) {
            if (id == null) {
                throw new IllegalArgumentException("a student has an ID");
            }
            return new Row(
                    id,
                    firstName,
                    lastName,
                    average == null ? Averages.NONE : average,
                    cells.stream().map(cell -> cell == null ? Cell.BLANK : cell).toList());
        }

        String name() {
            var name = (firstName + " " + lastName).strip();
            return name.isEmpty() ? "Student " + id : name;
        }

        Row filledTo(int columns) {
            var all = new ArrayList<>(cells.subList(0, Math.min(columns, cells.size())));
            while (all.size() < columns) {
                all.add(Cell.BLANK);
            }
            return new Row(id, firstName, lastName, averages, all);
        }
    }

    /**
     * A student's grade for an item.
     *
     * @param grade the grade's id; 0 where there is none
     * @param scored the score, if there is one
     * @param isExcused whether it is excluded from averages
     * @param version the grade's version
     */
    record Cell(long grade, Optional<BigDecimal> scored, boolean isExcused, long version) {
        static final Cell BLANK = new Cell(0, Optional.empty(), false, 0);

        Cell {
            scored.ifPresent(Grade::check);
        }

        @JsonCreator
        static Cell fromWire(
                @JsonProperty("Grade") long grade,
                @JsonProperty("Score") @Nullable BigDecimal score,
                @JsonProperty("Excused") boolean excused,
                @JsonProperty("Version") long version) {
            return new Cell(grade, Optional.ofNullable(score), excused, version);
        }

        /** Returns the score as text; may be empty. */
        String text() {
            return scored.map(BigDecimal::toPlainString).orElse("");
        }
    }
}
