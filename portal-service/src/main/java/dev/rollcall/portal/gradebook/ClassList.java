package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Paging;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Searches, sorts and pages a whole class, for plain grading services, which always send all students. */
final class ClassList {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private ClassList() {}

    /** Returns the students of one page. */
    static List<Student> page(List<Student> all, StudentsQuery query) {
        return found(all, query.q()).stream()
                .sorted(order(query.sort()))
                .skip((long) (query.page() - 1) * query.size())
                .limit(query.size())
                .toList();
    }

    /** Returns the paging of a search. */
    static Paging paging(List<Student> all, StudentsQuery query) {
        return new Paging(query.page(), query.size(), found(all, query.q()).size());
    }

    /** Returns the students with both averages. The second counts every item for which any student has a grade. */
    static List<Student> withAverages(List<Student> all) {
        var items = new HashSet<List<String>>();
        all.forEach(student -> student.grades().forEach(grade -> items.add(List.of(grade.title(), grade.type()))));
        return all.stream()
                .map(student -> student.reportedAverages().isPresent() ? student : withAverages(student, items.size()))
                .toList();
    }

    private static Student withAverages(Student student, int items) {
        var scores = student.grades().stream()
                .flatMap(grade -> grade.scored().stream())
                .toList();
        var sum = scores.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var count = Math.max(items, scores.size());
        var averages = new Averages(
                Average.of(scores).map(Average::rounded),
                count == 0 ? Optional.empty() : Optional.of(new Average(sum, count).rounded()),
                "");
        return new Student(
                student.id(),
                student.firstName(),
                student.lastName(),
                student.grades(),
                student.isWithdrawn(),
                student.version(),
                Optional.of(averages));
    }

    private static List<Student> found(List<Student> all, String q) {
        var wanted = plain(q).strip();
        return wanted.isEmpty()
                ? all
                : all.stream().filter(student -> matches(student, wanted)).toList();
    }

    /** Returns whether each word of the search begins a word of the name. */
    private static boolean matches(Student student, String wanted) {
        var words = List.of(plain(student.name()).split("[\\s-]+", -1));
        return List.of(wanted.split("\\s+", -1)).stream()
                .allMatch(prefix -> words.stream().anyMatch(word -> word.startsWith(prefix)));
    }

    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    private static Comparator<Student> order(String sort) {
        var isDown = sort.startsWith("-");
        Comparator<Student> order = switch (isDown ? sort.substring(1) : sort) {
            case "name" ->
                Comparator.comparing((Student student) -> plain(student.lastName()))
                        .thenComparing(student -> plain(student.firstName()));
            case "average" ->
                Comparator.comparing(student -> student.averages().soFar().orElse(BigDecimal.ONE.negate()));
            default -> Comparator.comparingLong(Student::id);
        };
        return (isDown ? order.reversed() : order).thenComparingLong(Student::id);
    }
}
