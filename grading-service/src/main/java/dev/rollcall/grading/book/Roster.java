package dev.rollcall.grading.book;

import dev.rollcall.grading.book.StudentQuery.Filter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The whole book at a revision, in memory. Immutable; what takes long to find out is kept. Thread-safe. */
public final class Roster {
    private final long revision;
    private final AveragingRules averagingRules;
    /** By id. */
    private final StudentEntry[] pages;
    /** Of the page in the same place. */
    private final Average[] averages;

    private final SortOrders sortOrders;
    private volatile @Nullable List<ItemStatistics> statistics;

    private Roster(
            long revision,
            AveragingRules averagingRules,
            StudentEntry[] pages,
            Average[] averages,
            SortOrders sortOrders) {
        this.revision = revision;
        this.averagingRules = averagingRules;
        this.pages = pages;
        this.averages = averages;
        this.sortOrders = sortOrders;
    }

    static Roster of(long revision, AveragingRules averagingRules, List<StudentEntry> pages) {
        var averages = pages.stream()
                .map(studentEntry -> averagingRules.average(studentEntry.grades()))
                .toArray(Average[]::new);
        return new Roster(revision, averagingRules, pages.toArray(StudentEntry[]::new), averages, new SortOrders());
    }

    /** The next one, of which only some pages are others. */
    Roster with(long newRevision, AveragingRules newSettings, Collection<StudentEntry> changed) {
        if (!newSettings.equals(averagingRules)) {
            return of(
                    newRevision, newSettings, merged(changed).values().stream().toList());
        }
        if (changed.stream()
                .anyMatch(studentEntry -> place(studentEntry.person().id()) < 0)) {
            var all = merged(changed);
            var newPages = all.values().toArray(StudentEntry[]::new);
            var newAverages = new Average[newPages.length];
            for (var i = 0; i < newPages.length; i++) {
                var before = place(newPages[i].person().id());
                newAverages[i] = before >= 0 && pages[before].equals(newPages[i])
                        ? averages[before]
                        : averagingRules.average(newPages[i].grades());
            }
            return new Roster(newRevision, averagingRules, newPages, newAverages, new SortOrders());
        }
        var newPages = pages.clone();
        var newAverages = averages.clone();
        var areNamesOld = true;
        for (var studentEntry : changed) {
            var place = place(studentEntry.person().id());
            areNamesOld &= pages[place].name().equals(studentEntry.name());
            newPages[place] = studentEntry;
            newAverages[place] = averagingRules.average(studentEntry.grades());
        }
        return new Roster(
                newRevision,
                averagingRules,
                newPages,
                newAverages,
                areNamesOld ? sortOrders.withoutAverages() : new SortOrders());
    }

    private Map<Integer, StudentEntry> merged(Collection<StudentEntry> changed) {
        var all = new TreeMap<Integer, StudentEntry>();
        for (var studentEntry : pages) {
            all.put(studentEntry.person().id(), studentEntry);
        }
        changed.forEach(studentEntry -> all.put(studentEntry.person().id(), studentEntry));
        return all;
    }

    /** The revision that it shows. */
    public long revision() {
        return revision;
    }

    /** All items, by id. */
    public List<Item> items() {
        return averagingRules.items();
    }

    /** How each type counts. */
    public List<TypeRule> types() {
        return averagingRules.types();
    }

    /** How one type counts. */
    public TypeRule type(GradeType type) {
        return averagingRules.types().stream()
                .filter(rule -> rule.name() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no rule for " + type));
    }

    /** The letter scale, highest first. */
    public List<Letter> letters() {
        return averagingRules.letters();
    }

    /** One student. */
    public Optional<Student> student(int id) {
        var place = place(id);
        return place < 0 ? Optional.empty() : Optional.of(student(pages[place], averages[place]));
    }

    /** One grade of a student. */
    public Optional<Grade> grade(int student, int id) {
        var place = place(student);
        if (place < 0) {
            return Optional.empty();
        }
        var grades = pages[place].grades();
        var at = Arrays.binarySearch(grades.ids, id);
        return at < 0 ? Optional.empty() : Optional.of(grades.grade(at, averagingRules.item(grades.items[at])));
    }

    /** How many grades there are. */
    public long grades() {
        return Arrays.stream(pages)
                .mapToLong(studentEntry -> studentEntry.grades().size())
                .sum();
    }

    /** Each student who isn't withdrawn, by id, as the plain layer has it. */
    public void eachPlain(Consumer<PlainStudent> taker) {
        for (var studentEntry : pages) {
            if (!studentEntry.person().withdrawn()) {
                taker.accept(plain(studentEntry));
            }
        }
    }

    /** Each student, by id, withdrawn ones too. */
    void eachPerson(Consumer<Person> taker) {
        for (var studentEntry : pages) {
            taker.accept(studentEntry.person());
        }
    }

    /** How many students a query finds. */
    public int count(StudentQuery studentQuery) {
        return find(studentQuery).length;
    }

    /** Some of the students that a query finds. */
    public List<Student> students(StudentQuery studentQuery, int from, int size) {
        return slice(studentQuery, from, size)
                .mapToObj(i -> student(pages[i], averages[i]))
                .toList();
    }

    /** Some of the students that a query finds, as rows of the grid. */
    public List<GridRow> rows(StudentQuery studentQuery, int from, int size) {
        return slice(studentQuery, from, size)
                .mapToObj(i -> row(pages[i], averages[i]))
                .toList();
    }

    /** One student as a row of the grid. */
    Optional<GridRow> row(int id) {
        var place = place(id);
        return place < 0 ? Optional.empty() : Optional.of(row(pages[place], averages[place]));
    }

    /** What the class has scored, for each item. */
    public List<ItemStatistics> statistics() {
        var known = statistics;
        if (known == null) {
            known = ItemStatistics.of(averagingRules, pages);
            statistics = known;
        }
        return known;
    }

    private IntStream slice(StudentQuery studentQuery, int from, int size) {
        var all = find(studentQuery);
        return Arrays.stream(all, Math.min(from, all.length), (int) Math.min((long) from + size, all.length));
    }

    private int[] find(StudentQuery studentQuery) {
        var words = Names.words(studentQuery.search());
        return Arrays.stream(sortOrders.of(studentQuery.order(), studentQuery.descending(), pages, averages))
                .filter(i -> isIn(pages[i].person(), studentQuery.filter()))
                .filter(i -> words.isEmpty() || Names.isFound(pages[i].name(), words))
                .toArray();
    }

    private static boolean isIn(Person person, Filter filter) {
        return filter == Filter.ALL || person.withdrawn() == (filter == Filter.WITHDRAWN);
    }

    private Student student(StudentEntry studentEntry, Average average) {
        var grades = studentEntry.grades();
        var list = IntStream.range(0, grades.size())
                .mapToObj(i -> grades.grade(i, averagingRules.item(grades.items[i])))
                .toList();
        var person = studentEntry.person();
        return new Student(
                person.id(),
                person.firstName(),
                person.lastName(),
                list,
                person.withdrawn(),
                person.version(),
                average);
    }

    private PlainStudent plain(StudentEntry studentEntry) {
        var grades = studentEntry.grades();
        var list = IntStream.range(0, grades.size())
                .filter(grades::counts)
                .mapToObj(i -> {
                    var item = averagingRules.item(grades.items[i]);
                    return new PlainStudent.PlainGrade(item.title(), item.type(), Score.ofMillionths(grades.scores[i]));
                })
                .toList();
        return new PlainStudent(
                studentEntry.person().id(),
                studentEntry.person().firstName(),
                studentEntry.person().lastName(),
                list);
    }

    private GridRow row(StudentEntry studentEntry, Average average) {
        var cells = averagingRules.items().stream()
                .map(item -> GridRow.Cell.of(studentEntry.grades(), item))
                .toList();
        return GridRow.of(studentEntry.person(), average, cells);
    }

    private int place(int id) {
        return ById.place(pages.length, i -> pages[i].person().id(), id);
    }
}
