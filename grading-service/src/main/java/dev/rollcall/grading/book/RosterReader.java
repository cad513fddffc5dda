package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Row;
import dev.rollcall.grading.store.Session;
import dev.rollcall.grading.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes rosters of the tables. */
final class RosterReader {
    /** Beyond so many changed students everything is read anew. */
    private static final int CHANGED_MAX = 1_000;

    private static final int NOBODY = 0;
    private static final String COLUMNS =
            "SELECT student, id, item, score, excused, remark, version, entered FROM grade ";

    private RosterReader() {}

    static Roster readAll(Session sql) throws SQLException {
        var revision = Store.revisionOf(sql);
        var grades = new Columns();
        sql.each(COLUMNS + "ORDER BY student, id", grades::take);
        var all = grades.end();
        var pages = new ArrayList<Page>();
        for (var person : Tables.people(sql)) {
            pages.add(Page.of(person, all.getOrDefault(person.id(), Grades.NONE)));
        }
        return Roster.of(revision, settings(sql), pages);
    }

    /** The roster of now, of which most may be in an earlier one. The history tells what has changed. */
    static Roster readSince(Roster earlier, Session sql) throws SQLException {
        var revision = Store.revisionOf(sql);
        if (revision == earlier.revision()) {
            return earlier;
        }
        // by the revisions alone: asked for each student once, SQLite looks through the whole history
        var students = new TreeSet<Integer>();
        sql.each(
                "SELECT student FROM history WHERE revision > ?",
                row -> students.add(row.integer(1)),
                earlier.revision());
        students.remove(NOBODY);
        if (revision < earlier.revision() || students.size() > CHANGED_MAX) {
            return readAll(sql);
        }
        var pages = new ArrayList<Page>();
        for (var id : students) {
            pages.add(page(sql, Tables.person(sql, id).orElseThrow(() -> new SQLException("no student " + id))));
        }
        return earlier.with(revision, settings(sql), pages);
    }

    /** A roster of one student, or of nobody if there is no such student. */
    static Roster readOne(Session sql, int student) throws SQLException {
        var pages = new ArrayList<Page>();
        var person = Tables.person(sql, student);
        if (person.isPresent()) {
            pages.add(page(sql, person.get()));
        }
        return Roster.of(Store.revisionOf(sql), settings(sql), pages);
    }

    private static Page page(Session sql, Person person) throws SQLException {
        var grades = new Columns();
        sql.each(COLUMNS + "WHERE student = ? ORDER BY id", grades::take, person.id());
        return Page.of(person, grades.end().getOrDefault(person.id(), Grades.NONE));
    }

    static Settings settings(Session sql) throws SQLException {
        return new Settings(Tables.items(sql), Tables.types(sql), Tables.letters(sql));
    }

    /** Rows of grades, by student. */
    private static final class Columns {
        private final Map<Integer, Grades> byStudent = new TreeMap<>();
        private final Grades.Builder builder = new Grades.Builder();
        private int student;

        void take(Row row) throws SQLException {
            var next = row.integer(1);
            if (next != student) {
                finish();
                student = next;
            }
            builder.add(
                    row.integer(2),
                    row.integer(3),
                    row.numberOr(4, Grades.NO_SCORE),
                    row.number(5) == 1,
                    row.text(6),
                    row.integer(7),
                    row.number(8));
        }

        Map<Integer, Grades> end() {
            finish();
            return byStudent;
        }

        private void finish() {
            var grades = builder.take();
            if (grades.size() > 0) {
                byStudent.put(student, grades);
            }
        }
    }
}
