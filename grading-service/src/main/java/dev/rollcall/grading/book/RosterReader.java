package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
import dev.rollcall.grading.store.Session;
import dev.rollcall.grading.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads rosters from the tables. */
final class RosterReader {
    /** Above this number of changed students, the whole roster is read again. */
    private static final int CHANGED_MAX = 1_000;

    private static final int NO_STUDENT = 0;
    private static final String COLUMNS =
            "SELECT student, id, item, score, excused, remark, version, entered FROM grade ";

    private RosterReader() {}

    static Roster readAll(Session sql) throws SQLException {
        var revision = Store.revisionOf(sql);
        var grades = new Columns();
        sql.each(COLUMNS + "ORDER BY student, id", grades::add);
        var all = grades.build();
        var entries = new ArrayList<StudentEntry>();
        for (var person : Tables.people(sql)) {
            entries.add(StudentEntry.of(person, all.getOrDefault(person.id(), Grades.NONE)));
        }
        return Roster.of(revision, averagingRules(sql), entries);
    }

    /** Returns the current roster, reading only the students that changed since the earlier one. */
    static Roster readSince(Roster earlier, Session sql) throws SQLException {
        var revision = Store.revisionOf(sql);
        if (revision == earlier.revision()) {
            return earlier;
        }
        // no DISTINCT: with it, SQLite scans the whole history
        var students = new TreeSet<Integer>();
        sql.each(
                "SELECT student FROM history WHERE revision > ?",
                row -> students.add(row.integer(1)),
                earlier.revision());
        students.remove(NO_STUDENT);
        if (revision < earlier.revision() || students.size() > CHANGED_MAX) {
            return readAll(sql);
        }
        var entries = new ArrayList<StudentEntry>();
        for (var id : students) {
            entries.add(entry(sql, Tables.person(sql, id).orElseThrow(() -> new SQLException("no student " + id))));
        }
        return earlier.with(revision, averagingRules(sql), entries);
    }

    /** Returns a roster of one student; empty if there is no such student. */
    static Roster readOne(Session sql, int student) throws SQLException {
        var entries = new ArrayList<StudentEntry>();
        var person = Tables.person(sql, student);
        if (person.isPresent()) {
            entries.add(entry(sql, person.get()));
        }
        return Roster.of(Store.revisionOf(sql), averagingRules(sql), entries);
    }

    private static StudentEntry entry(Session sql, Person person) throws SQLException {
        var grades = new Columns();
        sql.each(COLUMNS + "WHERE student = ? ORDER BY id", grades::add, person.id());
        return StudentEntry.of(person, grades.build().getOrDefault(person.id(), Grades.NONE));
    }

    static AveragingRules averagingRules(Session sql) throws SQLException {
        return new AveragingRules(Tables.items(sql), Tables.types(sql), Tables.letters(sql));
    }

    /** Groups rows of grades by student. */
    private static final class Columns {
        private final Map<Integer, Grades> byStudent = new TreeMap<>();
        private final Grades.Builder builder = new Grades.Builder();
        private int student;

        void add(ResultRow row) throws SQLException {
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

        Map<Integer, Grades> build() {
            finish();
            return byStudent;
        }

        private void finish() {
            var grades = builder.build();
            if (grades.size() > 0) {
                byStudent.put(student, grades);
            }
        }
    }
}
