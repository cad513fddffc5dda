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

/** The whole gradebook at one revision, in memory. Immutable; caches sort orders and statistics. Thread-safe. */
public final class Roster {
    private final long revision;
    private final AveragingRules rules;
    /** Ordered by id. */
    private final StudentEntry[] entries;
    /** Parallel to {@link #entries}. */
    private final Average[] averages;

    private final SortOrders sortOrders;
    private volatile @Nullable List<ItemStatistics> statistics;

    private Roster(
            long revision, AveragingRules rules, StudentEntry[] entries, Average[] averages, SortOrders sortOrders) {
        this.revision = revision;
        this.rules = rules;
        this.entries = entries;
        this.averages = averages;
        this.sortOrders = sortOrders;
    }

    static Roster of(long revision, AveragingRules rules, List<StudentEntry> entries) {
        var averages =
                entries.stream().map(entry -> rules.average(entry.grades())).toArray(Average[]::new);
        return new Roster(revision, rules, entries.toArray(StudentEntry[]::new), averages, new SortOrders());
    }

    /** Returns the roster of a later revision, in which only some entries differ. */
    Roster with(long newRevision, AveragingRules newRules, Collection<StudentEntry> changed) {
        if (!newRules.equals(rules)) {
            return of(newRevision, newRules, merged(changed).values().stream().toList());
        }
        if (changed.stream().anyMatch(entry -> index(entry.person().id()) < 0)) {
            var all = merged(changed);
            var newEntries = all.values().toArray(StudentEntry[]::new);
            var newAverages = new Average[newEntries.length];
            for (var i = 0; i < newEntries.length; i++) {
                var before = index(newEntries[i].person().id());
                newAverages[i] = before >= 0 && entries[before].equals(newEntries[i])
                        ? averages[before]
                        : rules.average(newEntries[i].grades());
            }
            return new Roster(newRevision, rules, newEntries, newAverages, new SortOrders());
        }
        var newEntries = entries.clone();
        var newAverages = averages.clone();
        var areNamesUnchanged = true;
        for (var entry : changed) {
            var index = index(entry.person().id());
            areNamesUnchanged &= entries[index].foldedName().equals(entry.foldedName());
            newEntries[index] = entry;
            newAverages[index] = rules.average(entry.grades());
        }
        return new Roster(
                newRevision,
                rules,
                newEntries,
                newAverages,
                areNamesUnchanged ? sortOrders.withoutAverages() : new SortOrders());
    }

    private Map<Integer, StudentEntry> merged(Collection<StudentEntry> changed) {
        var all = new TreeMap<Integer, StudentEntry>();
        for (var entry : entries) {
            all.put(entry.person().id(), entry);
        }
        changed.forEach(entry -> all.put(entry.person().id(), entry));
        return all;
    }

    /** Returns the revision of this roster. */
    public long revision() {
        return revision;
    }

    /** Returns all items, ordered by id. */
    public List<Item> items() {
        return rules.items();
    }

    /** Returns the rules of all types. */
    public List<TypeRule> types() {
        return rules.types();
    }

    /** Returns the rule of a type. */
    public TypeRule type(GradeType type) {
        return rules.types().stream()
                .filter(rule -> rule.name() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no rule for " + type));
    }

    /** Returns the letter scale, highest first. */
    public List<Letter> letters() {
        return rules.letters();
    }

    public Optional<Student> student(int id) {
        var index = index(id);
        return index < 0 ? Optional.empty() : Optional.of(student(entries[index], averages[index]));
    }

    public Optional<Grade> grade(int student, int id) {
        var index = index(student);
        if (index < 0) {
            return Optional.empty();
        }
        var grades = entries[index].grades();
        var at = Arrays.binarySearch(grades.ids, id);
        return at < 0 ? Optional.empty() : Optional.of(grades.grade(at, rules.item(grades.items[at])));
    }

    /** Returns the number of grades. */
    public long grades() {
        return Arrays.stream(entries).mapToLong(entry -> entry.grades().size()).sum();
    }

    /** Passes each student in the class, ordered by id, in the form of the plain layer. */
    public void forEachPlain(Consumer<PlainStudent> action) {
        for (var entry : entries) {
            if (!entry.person().withdrawn()) {
                action.accept(plain(entry));
            }
        }
    }

    /** Passes each student, ordered by id, including withdrawn ones. */
    void forEachPerson(Consumer<Person> action) {
        for (var entry : entries) {
            action.accept(entry.person());
        }
    }

    /** Returns how many students match a query. */
    public int count(StudentQuery query) {
        return find(query).length;
    }

    /** Returns a range of the students that match a query. */
    public List<Student> students(StudentQuery query, int from, int size) {
        return slice(query, from, size)
                .mapToObj(i -> student(entries[i], averages[i]))
                .toList();
    }

    /** Returns a range of the students that match a query, as rows of the grid. */
    public List<GridRow> rows(StudentQuery query, int from, int size) {
        return slice(query, from, size)
                .mapToObj(i -> row(entries[i], averages[i]))
                .toList();
    }

    /** Returns one student as a row of the grid. */
    Optional<GridRow> row(int id) {
        var index = index(id);
        return index < 0 ? Optional.empty() : Optional.of(row(entries[index], averages[index]));
    }

    /** Returns the statistics of each item; computed once. */
    public List<ItemStatistics> statistics() {
        var cached = statistics;
        if (cached == null) {
            cached = ItemStatistics.of(rules, entries);
            statistics = cached;
        }
        return cached;
    }

    private IntStream slice(StudentQuery query, int from, int size) {
        var all = find(query);
        return Arrays.stream(all, Math.min(from, all.length), (int) Math.min((long) from + size, all.length));
    }

    private int[] find(StudentQuery query) {
        var words = Names.words(query.search());
        return Arrays.stream(sortOrders.indexes(query.order(), query.descending(), entries, averages))
                .filter(i -> isIn(entries[i].person(), query.filter()))
                .filter(i -> words.isEmpty() || Names.matches(entries[i].foldedName(), words))
                .toArray();
    }

    private static boolean isIn(Person person, Filter filter) {
        return filter == Filter.ALL || person.withdrawn() == (filter == Filter.WITHDRAWN);
    }

    private Student student(StudentEntry entry, Average average) {
        var grades = entry.grades();
        var list = IntStream.range(0, grades.size())
                .mapToObj(i -> grades.grade(i, rules.item(grades.items[i])))
                .toList();
        var person = entry.person();
        return new Student(
                person.id(),
                person.firstName(),
                person.lastName(),
                list,
                person.withdrawn(),
                person.version(),
                average);
    }

    private PlainStudent plain(StudentEntry entry) {
        var grades = entry.grades();
        var list = IntStream.range(0, grades.size())
                .filter(grades::counts)
                .mapToObj(i -> {
                    var item = rules.item(grades.items[i]);
                    return new PlainStudent.PlainGrade(item.title(), item.type(), Score.ofMillionths(grades.scores[i]));
                })
                .toList();
        return new PlainStudent(
                entry.person().id(), entry.person().firstName(), entry.person().lastName(), list);
    }

    private GridRow row(StudentEntry entry, Average average) {
        var cells = rules.items().stream()
                .map(item -> GridRow.Cell.of(entry.grades(), item))
                .toList();
        return GridRow.of(entry.person(), average, cells);
    }

    private int index(int id) {
        return ById.indexOf(entries.length, i -> entries[i].person().id(), id);
    }
}
