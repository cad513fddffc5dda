package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Queries the tables and maps their rows to values. */
final class Tables {
    private static final long NO_SCORE = -1;
    private static final String GRADE = "SELECT i.title, i.kind, g.score, g.id, g.item, i.points, g.excused, g.remark,"
            + " g.version, g.entered FROM grade g JOIN item i ON i.id = g.item ";
    private static final String ITEM = "SELECT id, title, kind, points, version FROM item ";
    private static final String PERSON = "SELECT id, first_name, last_name, withdrawn, version FROM student ";

    private Tables() {}

    static Optional<Person> person(Session sql, int id) throws SQLException {
        return sql.first(PERSON + "WHERE id = ?", Tables::person, id);
    }

    /** Returns a student; throws {@link ChangeRefusedException} if there is none. */
    static Person requireStudent(Session sql, int id) throws SQLException {
        return person(sql, id).orElseThrow(ChangeRefusedException::noStudent);
    }

    static List<Person> people(Session sql) throws SQLException {
        return sql.list(PERSON + "ORDER BY id", Tables::person);
    }

    static Optional<Grade> grade(Session sql, int student, int id) throws SQLException {
        return sql.first(GRADE + "WHERE g.student = ? AND g.id = ?", Tables::grade, student, id);
    }

    /** Returns the latest grade of a student for an item, which the item's cell shows. */
    static Optional<Grade> cell(Session sql, int student, int item) throws SQLException {
        return sql.first(
                GRADE + "WHERE g.student = ? AND g.item = ? ORDER BY g.id DESC LIMIT 1", Tables::grade, student, item);
    }

    static Optional<Item> item(Session sql, int id) throws SQLException {
        return sql.first(ITEM + "WHERE id = ?", Tables::item, id);
    }

    static Optional<Item> item(Session sql, String title, GradeType type) throws SQLException {
        return sql.first(ITEM + "WHERE title = ? AND kind = ?", Tables::item, title, type.wireName());
    }

    static List<Item> items(Session sql) throws SQLException {
        return sql.list(ITEM + "ORDER BY id", Tables::item);
    }

    static List<TypeRule> types(Session sql) throws SQLException {
        var rules = sql.list(
                "SELECT name, weight, drop_lowest, version FROM kind",
                row -> new TypeRule(
                        type(row.text(1)), Score.ofMillionths(row.number(2)), row.integer(3), row.integer(4)));
        rules.sort((one, other) -> one.name().compareTo(other.name()));
        return rules;
    }

    static TypeRule type(Session sql, GradeType type) throws SQLException {
        for (var rule : types(sql)) {
            if (rule.name() == type) {
                return rule;
            }
        }
        throw new SQLException("there is no rule for " + type);
    }

    static List<Letter> letters(Session sql) throws SQLException {
        return sql.list(
                "SELECT name, at_least FROM letter ORDER BY at_least DESC",
                row -> new Letter(row.text(1), Score.ofMillionths(row.number(2))));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Person person(ResultRow row) throws SQLException {
        return new Person(row.integer(1), row.text(2), row.text(3), row.number(4) == 1, row.integer(5));
    }

    private static Item item(ResultRow row) throws SQLException {
        return new Item(
                row.integer(1), row.text(2), type(row.text(3)), Score.ofMillionths(row.number(4)), row.integer(5));
    }

    private static Grade grade(ResultRow row) throws SQLException {
        var score = row.numberOr(3, NO_SCORE);
        return new Grade(
                row.text(1),
                type(row.text(2)),
                score == NO_SCORE ? null : Score.ofMillionths(score),
                row.integer(4),
                row.integer(5),
                Score.ofMillionths(row.number(6)),
                row.number(7) == 1,
                row.text(8),
                row.integer(9),
                instant(row.number(10)));
    }

    private static GradeType type(String name) throws SQLException {
        return GradeType.of(name).orElseThrow(() -> new SQLException("no type is called " + name));
    }
}
