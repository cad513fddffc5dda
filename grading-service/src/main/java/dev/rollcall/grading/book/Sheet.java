package dev.rollcall.grading.book;

import dev.rollcall.grading.book.GridRow.Cell;
import dev.rollcall.grading.csv.Csv;
import dev.rollcall.grading.csv.FormulaGuard;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class as a CSV sheet: a row for each student, a column for each item. */
public final class Sheet {
    static final String ID = "ID";
    static final String FIRST_NAME = "FirstName";
    static final String LAST_NAME = "LastName";
    static final String SO_FAR = "Average so far";
    static final String WITH_BLANKS = "Average with blanks as zero";
    /** The content of an excused cell. */
    static final String EXCUSED = "EX";

    private static final StudentQuery ALL =
            new StudentQuery(StudentQuery.Filter.ACTIVE, StudentQuery.Order.ID, false, "");
    private static final int ROWS_AT_ONCE = 500;

    private Sheet() {}

    /** Writes the students in the class as comma-separated values. */
    public static void write(Roster roster, Writer out) throws IOException {
        out.write(Csv.line(header(roster)));
        var count = roster.count(ALL);
        for (var from = 0; from < count; from += ROWS_AT_ONCE) {
            for (var row : roster.rows(ALL, from, ROWS_AT_ONCE)) {
                out.write(Csv.line(cells(row)));
            }
        }
    }

    static String heading(Item item) {
        return item.title() + " (" + item.type().wireName() + ")";
    }

    private static List<String> header(Roster roster) {
        var header = new ArrayList<>(List.of(ID, FIRST_NAME, LAST_NAME));
        roster.items().forEach(item -> header.add(FormulaGuard.escape(heading(item))));
        header.addAll(List.of(SO_FAR, WITH_BLANKS));
        return header;
    }

    private static List<String> cells(GridRow row) {
        var cells = new ArrayList<String>();
        cells.add(Integer.toString(row.id()));
        cells.add(FormulaGuard.escape(row.firstName()));
        cells.add(FormulaGuard.escape(row.lastName()));
        row.cells().forEach(cell -> cells.add(cell(cell)));
        cells.add(number(row.average().soFar()));
        cells.add(number(row.average().withBlanksAsZero()));
        return cells;
    }

    private static String cell(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        if (cell.excused()) {
            return EXCUSED;
        }
        var score = cell.score();
        return number(score == null ? null : score.value());
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }
}
