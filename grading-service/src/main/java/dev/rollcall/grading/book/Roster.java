package dev.rollcall.grading.book;

import dev.rollcall.grading.book.Query.Filter;
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
    private final Settings settings;
    /** By id. */
    private final Page[] pages;
    /** Of the page in the same place. */
    private final Average[] averages;

    private final Orders orders;
    private volatile @Nullable List<ItemStatistics> statistics;

    private Roster(long revision, Settings settings, Page[] pages, Average[] averages, Orders orders) {
        this.revision = revision;
        this.settings = settings;
        this.pages = pages;
        this.averages = averages;
        this.orders = orders;
    }

    static Roster of(long revision, Settings settings, List<Page> pages) {
        var averages =
                pages.stream().map(page -> settings.average(page.grades())).toArray(Average[]::new);
        return new Roster(revision, settings, pages.toArray(Page[]::new), averages, new Orders());
    }

    /** The next one, of which only some pages are others. */
    Roster with(long newRevision, Settings newSettings, Collection<Page> changed) {
        if (!newSettings.equals(settings)) {
            return of(
                    newRevision, newSettings, merged(changed).values().stream().toList());
        }
        if (changed.stream().anyMatch(page -> place(page.person().id()) < 0)) {
            var all = merged(changed);
            var newPages = all.values().toArray(Page[]::new);
            var newAverages = new Average[newPages.length];
            for (var i = 0; i < newPages.length; i++) {
                var before = place(newPages[i].person().id());
                newAverages[i] = before >= 0 && pages[before].equals(newPages[i])
                        ? averages[before]
                        : settings.average(newPages[i].grades());
            }
            return new Roster(newRevision, settings, newPages, newAverages, new Orders());
        }
        var newPages = pages.clone();
        var newAverages = averages.clone();
        var areNamesOld = true;
        for (var page : changed) {
            var place = place(page.person().id());
            areNamesOld &= pages[place].name().equals(page.name());
            newPages[place] = page;
            newAverages[place] = settings.average(page.grades());
        }
        return new Roster(
                newRevision, settings, newPages, newAverages, areNamesOld ? orders.withoutAverages() : new Orders());
    }

    private Map<Integer, Page> merged(Collection<Page> changed) {
        var all = new TreeMap<Integer, Page>();
        for (var page : pages) {
            all.put(page.person().id(), page);
        }
        changed.forEach(page -> all.put(page.person().id(), page));
        return all;
    }

    /** The revision that it shows. */
    public long revision() {
        return revision;
    }

    /** All items, by id. */
    public List<Item> items() {
        return settings.items();
    }

    /** How each type counts. */
    public List<TypeRule> types() {
        return settings.types();
    }

    /** How one type counts. */
    public TypeRule type(GradeType type) {
        return settings.types().stream()
                .filter(rule -> rule.name() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no rule for " + type));
    }

    /** The letter scale, highest first. */
    public List<Letter> letters() {
        return settings.letters();
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
        return at < 0 ? Optional.empty() : Optional.of(grades.grade(at, settings.item(grades.items[at])));
    }

    /** How many grades there are. */
    public long grades() {
        return Arrays.stream(pages).mapToLong(page -> page.grades().size()).sum();
    }

    /** Each student who isn't withdrawn, by id, as the plain layer has it. */
    public void eachPlain(Consumer<PlainStudent> taker) {
        for (var page : pages) {
            if (!page.person().withdrawn()) {
                taker.accept(plain(page));
            }
        }
    }

    /** Each student, by id, withdrawn ones too. */
    void eachPerson(Consumer<Person> taker) {
        for (var page : pages) {
            taker.accept(page.person());
        }
    }

    /** How many students a query finds. */
    public int count(Query query) {
        return find(query).length;
    }

    /** Some of the students that a query finds. */
    public List<Student> students(Query query, int from, int size) {
        return slice(query, from, size)
                .mapToObj(i -> student(pages[i], averages[i]))
                .toList();
    }

    /** Some of the students that a query finds, as rows of the grid. */
    public List<GridRow> rows(Query query, int from, int size) {
        return slice(query, from, size)
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
            known = ItemStatistics.of(settings, pages);
            statistics = known;
        }
        return known;
    }

    private IntStream slice(Query query, int from, int size) {
        var all = find(query);
        return Arrays.stream(all, Math.min(from, all.length), (int) Math.min((long) from + size, all.length));
    }

    private int[] find(Query query) {
        var words = Names.words(query.search());
        return Arrays.stream(orders.of(query.order(), query.descending(), pages, averages))
                .filter(i -> isIn(pages[i].person(), query.filter()))
                .filter(i -> words.isEmpty() || Names.isFound(pages[i].name(), words))
                .toArray();
    }

    private static boolean isIn(Person person, Filter filter) {
        return filter == Filter.ALL || person.withdrawn() == (filter == Filter.WITHDRAWN);
    }

    private Student student(Page page, Average average) {
        var grades = page.grades();
        var list = IntStream.range(0, grades.size())
                .mapToObj(i -> grades.grade(i, settings.item(grades.items[i])))
                .toList();
        var person = page.person();
        return new Student(
                person.id(),
                person.firstName(),
                person.lastName(),
                list,
                person.withdrawn(),
                person.version(),
                average);
    }

    private PlainStudent plain(Page page) {
        var grades = page.grades();
        var list = IntStream.range(0, grades.size())
                .filter(grades::counts)
                .mapToObj(i -> {
                    var item = settings.item(grades.items[i]);
                    return new PlainStudent.PlainGrade(item.title(), item.type(), Score.ofMillionths(grades.scores[i]));
                })
                .toList();
        return new PlainStudent(
                page.person().id(), page.person().firstName(), page.person().lastName(), list);
    }

    private GridRow row(Page page, Average average) {
        var cells = settings.items().stream()
                .map(item -> GridRow.Cell.of(page.grades(), item))
                .toList();
        return GridRow.of(page.person(), average, cells);
    }

    private int place(int id) {
        return ById.place(pages.length, i -> pages[i].person().id(), id);
    }
}
