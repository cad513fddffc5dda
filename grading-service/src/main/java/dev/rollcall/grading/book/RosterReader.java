package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
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
        var pages = new ArrayList<StudentEntry>();
        for (var person : Tables.people(sql)) {
            pages.add(StudentEntry.of(person, all.getOrDefault(person.id(), Grades.NONE)));
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
                resultRow -> students.add(resultRow.integer(1)),
                earlier.revision());
        students.remove(NOBODY);
        if (revision < earlier.revision() || students.size() > CHANGED_MAX) {
            return readAll(sql);
        }
        var pages = new ArrayList<StudentEntry>();
        for (var id : students) {
            pages.add(page(sql, Tables.person(sql, id).orElseThrow(() -> new SQLException("no student " + id))));
        }
        return earlier.with(revision, settings(sql), pages);
    }

    /** A roster of one student, or of nobody if there is no such student. */
    static Roster readOne(Session sql, int student) throws SQLException {
        var pages = new ArrayList<StudentEntry>();
        var person = Tables.person(sql, student);
        if (person.isPresent()) {
            pages.add(page(sql, person.get()));
        }
        return Roster.of(Store.revisionOf(sql), settings(sql), pages);
    }

    private static StudentEntry page(Session sql, Person person) throws SQLException {
        var grades = new Columns();
        sql.each(COLUMNS + "WHERE student = ? ORDER BY id", grades::take, person.id());
        return StudentEntry.of(person, grades.end().getOrDefault(person.id(), Grades.NONE));
    }

    static AveragingRules settings(Session sql) throws SQLException {
        return new AveragingRules(Tables.items(sql), Tables.types(sql), Tables.letters(sql));
    }

    /** Rows of grades, by student. */
    private static final class Columns {
        private final Map<Integer, Grades> byStudent = new TreeMap<>();
        private final Grades.Builder builder = new Grades.Builder();
        private int student;

        void take(ResultRow resultRow) throws SQLException {
            var next = resultRow.integer(1);
            if (next != student) {
                finish();
                student = next;
            }
            builder.add(
                    resultRow.integer(2),
                    resultRow.integer(3),
                    resultRow.numberOr(4, Grades.NO_SCORE),
                    resultRow.number(5) == 1,
                    resultRow.text(6),
                    resultRow.integer(7),
                    resultRow.number(8));
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
