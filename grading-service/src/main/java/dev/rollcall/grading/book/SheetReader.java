package dev.rollcall.grading.book;

import dev.rollcall.grading.book.GridRow.Cell;
import dev.rollcall.grading.book.SheetCommands.Namesakes;
import dev.rollcall.grading.book.SheetPlan.CellChange;
import dev.rollcall.grading.book.SheetPlan.Mistake;
import dev.rollcall.grading.book.SheetPlan.NewItem;
import dev.rollcall.grading.book.SheetPlan.NewStudent;
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

/** Works out what a sheet would change in a book. A blank cell changes nothing. */
final class SheetReader {
    private static final Pattern HEADING = Pattern.compile("(.*) \\((\\p{L}+)\\)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,8}");
    private static final int MISTAKES_MAX = 100;
    private static final Map<String, Use> FIXED = Map.of(
            Names.same(Sheet.ID),
            Use.ID,
            Names.same(Sheet.FIRST_NAME),
            Use.FIRST_NAME,
            Names.same(Sheet.LAST_NAME),
            Use.LAST_NAME,
            Names.same(Sheet.SO_FAR),
            Use.NOTHING,
            Names.same(Sheet.WITH_BLANKS),
            Use.NOTHING,
            "",
            Use.BLANK);

    private final Roster roster;
    private final Namesakes namesakes;
    private final List<CellChange> changes = new ArrayList<>();
    private final List<NewStudent> newStudents = new ArrayList<>();
    private final List<NewItem> newItems = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final Map<Item, Integer> places = new HashMap<>();
    private final Set<Integer> seen = new HashSet<>();
    private final Map<String, Integer> newLines = new HashMap<>();
    private final Map<String, Integer> students = new HashMap<>();

    private SheetReader(Roster roster, Namesakes namesakes) {
        this.roster = roster;
        this.namesakes = namesakes;
        for (var item : roster.items()) {
            places.put(item, places.size());
        }
    }

    static SheetPlan read(Roster roster, String text, Namesakes namesakes) {
        var reader = new SheetReader(roster, namesakes);
        try {
            reader.read(Csv.read(text));
        } catch (CsvException e) {
            reader.mistake(e.line(), String.valueOf(e.getMessage()));
        }
        return new SheetPlan(
                reader.changes, reader.newStudents, reader.newItems, reader.mistakes, Long.toString(roster.revision()));
    }

    private void read(List<Csv.Row> records) {
        if (records.isEmpty()) {
            mistake(1, "there is no header");
            return;
        }
        readHeader(records.get(0));
        if (mistakes.isEmpty()) {
            records.subList(1, records.size()).forEach(this::readRow);
        }
    }

    private void readHeader(Csv.Row header) {
        for (var cell : header.cells()) {
            var column = anyColumn(cell);
            if (column == null) {
                mistake(
                        header.line(),
                        "the column \"" + cell + "\" is none of ID, FirstName, LastName, or an item as in"
                                + " \"Quiz 1 (Quiz)\"");
            } else if (column.use() != Use.NOTHING && column.use() != Use.BLANK && isThere(column)) {
                mistake(header.line(), "the column \"" + cell + "\" is there twice");
            } else {
                columns.add(column);
                var type = column.type();
                if (type != null && column.item() == null) {
                    newItems.add(new NewItem(column.title(), type, Item.USUAL_POINTS));
                }
            }
        }
        for (var use : List.of(Use.ID, Use.FIRST_NAME, Use.LAST_NAME)) {
            if (columns.stream().noneMatch(column -> column.use() == use)) {
                mistake(header.line(), "the columns ID, FirstName and LastName must be there");
                return;
            }
        }
    }

    private boolean isThere(Column column) {
        return columns.stream()
                .anyMatch(each -> each.use() == column.use()
                        && each.type() == column.type()
                        && Objects.equals(each.item(), column.item())
                        && Names.same(each.title()).equals(Names.same(column.title())));
    }

    /** Blanks around a heading count only if an item's title has them. */
    private @Nullable Column anyColumn(String cell) {
        var asItStands = column(FormulaGuard.text(cell));
        return asItStands != null && asItStands.item() != null ? asItStands : column(FormulaGuard.text(cell.strip()));
    }

    private @Nullable Column column(String heading) {
        var fixed = FIXED.get(Names.same(heading));
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
                .filter(type -> Names.same(type.wireName()).equals(Names.same(name)))
                .findFirst();
    }

    /** The item of exactly this title or, if there is none, the only one that is the same for people. */
    private @Nullable Item item(String title, GradeType type) {
        var same = roster.items().stream()
                .filter(item -> item.type() == type && Names.same(item.title()).equals(Names.same(title)))
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
                case FIRST_NAME -> first = FormulaGuard.text(cell);
                case LAST_NAME -> last = FormulaGuard.text(cell);
                default -> {}
            }
        }
        if (hasMore(row)) {
            mistake(row.line(), "the row has more cells than the header has headings");
        } else if (id.isEmpty()) {
            readNew(row, first, last);
        } else {
            readKnown(row, id, first, last);
        }
    }

    /** Whether anything stands where no heading says what it is; blank cells may, as spreadsheets leave them. */
    private boolean hasMore(Csv.Row row) {
        for (var i = 0; i < row.cells().size(); i++) {
            var isUnnamed = i >= columns.size() || columns.get(i).use() == Use.BLANK;
            if (isUnnamed && !row.cell(i).isBlank()) {
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
            mistake(row.line(), "a new student's FirstName and LastName " + TextLimits.NAME_ALLOWED);
            return;
        }
        var name = name(first, last);
        var student = students().get(name);
        var line = newLines.putIfAbsent(name, row.line());
        newStudents.add(new NewStudent(row.line(), first, last, student, line));
        if (namesakes == Namesakes.REFUSED && (student != null || line != null)) {
            mistake(
                    row.line(),
                    first + " " + last + " is there already, "
                            + (student != null ? "as student " + student : "in line " + line)
                            + "; the row needs that student's ID, or namesakes are to be added");
        }
        readCells(row, null);
    }

    /** By their names; only sheets with new students need them. */
    private Map<String, Integer> students() {
        if (students.isEmpty()) {
            roster.eachPerson(person -> students.putIfAbsent(name(person.firstName(), person.lastName()), person.id()));
        }
        return students;
    }

    private static String name(String first, String last) {
        return Names.same(first) + "\n" + Names.same(last);
    }

    private void readKnown(Csv.Row row, String id, String first, String last) {
        var known = ID.matcher(id).matches() ? roster.row(Integer.parseInt(id)) : Optional.<GridRow>empty();
        if (known.isEmpty()) {
            mistake(row.line(), "there is no student " + id);
            return;
        }
        var student = known.get();
        if (student.withdrawn()) {
            mistake(row.line(), "student " + id + " is withdrawn");
        } else if (!seen.add(student.id())) {
            mistake(row.line(), "student " + id + " is there twice");
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
            mistake(line, column + " " + TextLimits.NAME_ALLOWED);
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
        var now = student == null || item == null ? null : student.cells().get(places.getOrDefault(item, 0));
        var wanted = wanted(cell);
        if (wanted.isEmpty()) {
            mistake(line, column.title() + " " + Score.ALLOWED + ", or " + Sheet.EXCUSED);
            return;
        }
        var from = shown(now);
        var to = wanted.get().score().<Object>map(Score::value).orElse(Sheet.EXCUSED);
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
                wanted.get()));
    }

    private static Optional<GradeEdit> wanted(String cell) {
        if (cell.equals(Sheet.EXCUSED)) {
            return Optional.of(GradeEdit.excuse(true));
        }
        if (!NUMBER.matcher(cell).matches() || !Score.isAllowed(new BigDecimal(cell))) {
            return Optional.empty();
        }
        return Optional.of(
                new GradeEdit(Optional.of(new Score(new BigDecimal(cell))), Optional.of(false), Optional.empty()));
    }

    private static @Nullable Object shown(@Nullable Cell cell) {
        if (cell == null) {
            return null;
        }
        if (cell.excused()) {
            return Sheet.EXCUSED;
        }
        var score = cell.score();
        return score == null ? null : score.value();
    }

    private void mistake(int line, String problem) {
        if (mistakes.size() < MISTAKES_MAX) {
            mistakes.add(new Mistake(line, problem));
        }
    }

    private enum Use {
        ID,
        FIRST_NAME,
        LAST_NAME,
        ITEM,
        BLANK,
        NOTHING
    }

    private record Column(
            Use use,
            String title,
            @Nullable GradeType type,
            @Nullable Item item) {}
}
