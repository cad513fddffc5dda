package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rows of the tables as values. */
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

    /** A student who must be there. */
    static Person present(Session sql, int id) throws SQLException {
        return person(sql, id).orElseThrow(ChangeRefusedException::noStudent);
    }

    static List<Person> people(Session sql) throws SQLException {
        return sql.list(PERSON + "ORDER BY id", Tables::person);
    }

    static Optional<Grade> grade(Session sql, int student, int id) throws SQLException {
        return sql.first(GRADE + "WHERE g.student = ? AND g.id = ?", Tables::grade, student, id);
    }

    /** The latest grade of a student for an item: what the item's cell shows. */
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
                resultRow -> new TypeRule(
                        type(resultRow.text(1)),
                        Score.ofMillionths(resultRow.number(2)),
                        resultRow.integer(3),
                        resultRow.integer(4)));
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
                resultRow -> new Letter(resultRow.text(1), Score.ofMillionths(resultRow.number(2))));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Person person(ResultRow resultRow) throws SQLException {
        return new Person(
                resultRow.integer(1),
                resultRow.text(2),
                resultRow.text(3),
                resultRow.number(4) == 1,
                resultRow.integer(5));
    }

    private static Item item(ResultRow resultRow) throws SQLException {
        return new Item(
                resultRow.integer(1),
                resultRow.text(2),
                type(resultRow.text(3)),
                Score.ofMillionths(resultRow.number(4)),
                resultRow.integer(5));
    }

    private static Grade grade(ResultRow resultRow) throws SQLException {
        var score = resultRow.numberOr(3, NO_SCORE);
        return new Grade(
                resultRow.text(1),
                type(resultRow.text(2)),
                score == NO_SCORE ? null : Score.ofMillionths(score),
                resultRow.integer(4),
                resultRow.integer(5),
                Score.ofMillionths(resultRow.number(6)),
                resultRow.number(7) == 1,
                resultRow.text(8),
                resultRow.integer(9),
                instant(resultRow.number(10)));
    }

    private static GradeType type(String name) throws SQLException {
        return GradeType.of(name).orElseThrow(() -> new SQLException("no type is called " + name));
    }
}
