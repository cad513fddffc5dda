package dev.rollcall.grading.book;

import dev.rollcall.grading.book.GridRow.Cell;
import dev.rollcall.grading.book.SheetCommands.Namesakes;
import dev.rollcall.grading.book.SheetPlan.CellChange;
import dev.rollcall.grading.book.SheetPlan.NewItem;
import dev.rollcall.grading.book.SheetPlan.NewStudent;
import dev.rollcall.grading.book.SheetPlan.RowError;
import dev.rollcall.grading.csv.Csv;
import dev.rollcall.grading.csv.CsvException;
import dev.rollcall.grading.csv.FormulaGuard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Computes the changes that a sheet would make. A blank cell changes nothing. */
final class SheetReader {
    private static final Pattern HEADING = Pattern.compile("(.*) \\((\\p{L}+)\\)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,8}");
    private static final int ERRORS_MAX = 100;
    private static final Map<String, Use> FIXED = Map.of(
            Names.normalized(Sheet.ID),
            Use.ID,
            Names.normalized(Sheet.FIRST_NAME),
            Use.FIRST_NAME,
            Names.normalized(Sheet.LAST_NAME),
            Use.LAST_NAME,
            Names.normalized(Sheet.SO_FAR),
            Use.IGNORED,
            Names.normalized(Sheet.WITH_BLANKS),
            Use.IGNORED,
            "",
            Use.BLANK);

    private final Roster roster;
    private final Namesakes namesakes;
    private final List<CellChange> changes = new ArrayList<>();
    private final List<NewStudent> newStudents = new ArrayList<>();
    private final List<NewItem> newItems = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final Map<Item, Integer> itemIndexes = new HashMap<>();
    private final Set<Integer> seenStudents = new HashSet<>();
    private final Map<String, Integer> newStudentLines = new HashMap<>();
    private final Map<String, Integer> studentsByName = new HashMap<>();

    private SheetReader(Roster roster, Namesakes namesakes) {
        this.roster = roster;
        this.namesakes = namesakes;
        for (var item : roster.items()) {
            itemIndexes.put(item, itemIndexes.size());
        }
    }

    static SheetPlan read(Roster roster, String text, Namesakes namesakes) {
        var reader = new SheetReader(roster, namesakes);
        try {
            reader.read(Csv.read(text));
        } catch (CsvException e) {
            reader.error(e.line(), String.valueOf(e.getMessage()));
        }
        return new SheetPlan(
                reader.changes, reader.newStudents, reader.newItems, reader.errors, Long.toString(roster.revision()));
    }

    private void read(List<Csv.Row> records) {
        if (records.isEmpty()) {
            error(1, "there is no header");
            return;
        }
        readHeader(records.get(0));
        if (errors.isEmpty()) {
            records.subList(1, records.size()).forEach(this::readRow);
        }
    }

    private void readHeader(Csv.Row header) {
        for (var cell : header.cells()) {
            var column = columnOf(cell);
            if (column == null) {
                error(
                        header.line(),
                        "the column \"" + cell + "\" is none of ID, FirstName, LastName, or an item as in"
                                + " \"Quiz 1 (Quiz)\"");
            } else if (column.use() != Use.IGNORED && column.use() != Use.BLANK && isDuplicate(column)) {
                error(header.line(), "the column \"" + cell + "\" is there twice");
            } else {
                columns.add(column);
                var type = column.type();
                if (type != null && column.item() == null) {
                    newItems.add(new NewItem(column.title(), type, Item.DEFAULT_POINTS));
                }
            }
        }
        for (var use : List.of(Use.ID, Use.FIRST_NAME, Use.LAST_NAME)) {
            if (columns.stream().noneMatch(column -> column.use() == use)) {
                error(header.line(), "the columns ID, FirstName and LastName must be there");
                return;
            }
        }
    }

    private boolean isDuplicate(Column column) {
        return columns.stream()
                .anyMatch(each -> each.use() == column.use()
                        && each.type() == column.type()
                        && Objects.equals(each.item(), column.item())
                        && Names.normalized(each.title()).equals(Names.normalized(column.title())));
    }

    /** Ignores blanks around a heading, unless an item's title has them. */
    private @Nullable Column columnOf(String cell) {
        var verbatim = column(FormulaGuard.unescape(cell));
        return verbatim != null && verbatim.item() != null ? verbatim : column(FormulaGuard.unescape(cell.strip()));
    }

    private @Nullable Column column(String heading) {
        var fixed = FIXED.get(Names.normalized(heading));
        if (fixed != null) {
            return new Column(fixed, "", null, null);
        }
        var match = HEADING.matcher(heading);
        var type = match.matches() ? type(match.group(2)) : Optional.<GradeType>empty();
        if (type.isEmpty() || !TextLimits.isTitle(match.group(1))) {
            return null;
        }
        var title = match.group(1);
        var item = item(title, type.get());
        return new Column(Use.ITEM, item == null ? title : item.title(), type.get(), item);
    }

    private static Optional<GradeType> type(String name) {
        return Arrays.stream(GradeType.values())
                .filter(type -> Names.normalized(type.wireName()).equals(Names.normalized(name)))
                .findFirst();
    }

    /** Returns the item of exactly this title, otherwise the only one of an equivalent title. */
    private @Nullable Item item(String title, GradeType type) {
        var same = roster.items().stream()
                .filter(item ->
                        item.type() == type && Names.normalized(item.title()).equals(Names.normalized(title)))
                .toList();
        return same.stream()
                .filter(item -> item.title().equals(title))
                .findFirst()
                .orElse(same.size() == 1 ? same.get(0) : null);
    }

    private void readRow(Csv.Row row) {
        var id = "";
        var first = "";
        var last = "";
        for (var i = 0; i < columns.size(); i++) {
            var cell = row.cell(i).strip();
            switch (columns.get(i).use()) {
                case ID -> id = cell;
                case FIRST_NAME -> first = FormulaGuard.unescape(cell);
                case LAST_NAME -> last = FormulaGuard.unescape(cell);
                default -> {}
            }
        }
        if (hasUnnamedContent(row)) {
            error(row.line(), "the row has more cells than the header has headings");
        } else if (id.isEmpty()) {
            readNew(row, first, last);
        } else {
            readExisting(row, id, first, last);
        }
    }

    /** Returns whether a cell without a heading has content; spreadsheets leave blank ones. */
    private boolean hasUnnamedContent(Csv.Row row) {
        for (var i = 0; i < row.cells().size(); i++) {
            var hasNoHeading = i >= columns.size() || columns.get(i).use() == Use.BLANK;
            if (hasNoHeading && !row.cell(i).isBlank()) {
                return true;
            }
        }
        return false;
    }

    private void readNew(Csv.Row row, String first, String last) {
        if (row.cells().stream().allMatch(String::isBlank)) {
            return;
        }
        if (!TextLimits.isName(first) || !TextLimits.isName(last)) {
            error(row.line(), "a new student's FirstName and LastName " + TextLimits.NAME_ALLOWED);
            return;
        }
        var name = name(first, last);
        var student = studentsByName().get(name);
        var line = newStudentLines.putIfAbsent(name, row.line());
        newStudents.add(new NewStudent(row.line(), first, last, student, line));
        if (namesakes == Namesakes.REFUSED && (student != null || line != null)) {
            error(
                    row.line(),
                    first + " " + last + " is there already, "
                            + (student != null ? "as student " + student : "in line " + line)
                            + "; the row needs that student's ID, or namesakes are to be added");
        }
        readCells(row, null);
    }

    /** Indexes the students by name; only sheets with new students need this. */
    private Map<String, Integer> studentsByName() {
        if (studentsByName.isEmpty()) {
            roster.forEachPerson(
                    person -> studentsByName.putIfAbsent(name(person.firstName(), person.lastName()), person.id()));
        }
        return studentsByName;
    }

    private static String name(String first, String last) {
        return Names.normalized(first) + "\n" + Names.normalized(last);
    }

    private void readExisting(Csv.Row row, String id, String first, String last) {
        var found = ID.matcher(id).matches() ? roster.row(Integer.parseInt(id)) : Optional.<GridRow>empty();
        if (found.isEmpty()) {
            error(row.line(), "there is no student " + id);
            return;
        }
        var student = found.get();
        if (student.withdrawn()) {
            error(row.line(), "student " + id + " is withdrawn");
        } else if (!seenStudents.add(student.id())) {
            error(row.line(), "student " + id + " is there twice");
        } else {
            readName(row.line(), student.id(), Sheet.FIRST_NAME, student.firstName(), first);
            readName(row.line(), student.id(), Sheet.LAST_NAME, student.lastName(), last);
            readCells(row, student);
        }
    }

    private void readName(int line, int student, String column, String from, String to) {
        if (to.isEmpty() || to.equals(from) || to.equals(from.strip())) {
            return;
        }
        if (!TextLimits.isName(to)) {
            error(line, column + " " + TextLimits.NAME_ALLOWED);
            return;
        }
        changes.add(new CellChange(line, student, column, null, from, to, null, GradeEdit.NOTHING));
    }

    private void readCells(Csv.Row row, @Nullable GridRow student) {
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var cell = row.cell(i).strip();
            if (column.use() == Use.ITEM && !cell.isEmpty()) {
                readCell(row.line(), column, cell, student);
            }
        }
    }

    private void readCell(int line, Column column, String cell, @Nullable GridRow student) {
        var item = column.item();
        var now = student == null || item == null ? null : student.cells().get(itemIndexes.getOrDefault(item, 0));
        var edit = edit(cell);
        if (edit.isEmpty()) {
            error(line, column.title() + " " + Score.ALLOWED + ", or " + Sheet.EXCUSED);
            return;
        }
        var from = currentValue(now);
        var to = edit.get().score().<Object>map(Score::value).orElse(Sheet.EXCUSED);
        if (to.equals(from)) {
            return;
        }
        var type = column.type();
        changes.add(new CellChange(
                line,
                student == null ? null : student.id(),
                column.title(),
                type,
                from,
                to,
                now == null ? null : now.grade(),
                edit.get()));
    }

    private static Optional<GradeEdit> edit(String cell) {
        if (cell.equals(Sheet.EXCUSED)) {
            return Optional.of(GradeEdit.excuse(true));
        }
        if (!NUMBER.matcher(cell).matches() || !Score.isAllowed(new BigDecimal(cell))) {
            return Optional.empty();
        }
        return Optional.of(
                new GradeEdit(Optional.of(new Score(new BigDecimal(cell))), Optional.of(false), Optional.empty()));
    }

    private static @Nullable Object currentValue(@Nullable Cell cell) {
        if (cell == null) {
            return null;
        }
        if (cell.excused()) {
            return Sheet.EXCUSED;
        }
        var score = cell.score();
        return score == null ? null : score.value();
    }

    private void error(int line, String problem) {
        if (errors.size() < ERRORS_MAX) {
            errors.add(new RowError(line, problem));
        }
    }

    private enum Use {
        ID,
        FIRST_NAME,
        LAST_NAME,
        ITEM,
        BLANK,
        IGNORED
    }

    private record Column(
            Use use,
            String title,
            @Nullable GradeType type,
            @Nullable Item item) {}
}
