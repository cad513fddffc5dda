package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the history, newest entries first. */
final class History {
    private static final String COLUMNS =
            "SELECT id, happened, who, student, grade, what, old_state, new_state, why, trace FROM history ";

    private History() {}

    static List<HistoryEntry> newest(Session sql, int before, int limit) throws SQLException {
        return sql.list(COLUMNS + "WHERE id < ? ORDER BY id DESC LIMIT ?", History::entry, before, limit);
    }

    static List<HistoryEntry> newest(Session sql, int student, int before, int limit) throws SQLException {
        return sql.list(
                COLUMNS + "WHERE student = ? AND id < ? ORDER BY id DESC LIMIT ?",
                History::entry,
                student,
                before,
                limit);
    }

    static Optional<HistoryEntry> entry(Session sql, int student, int id) throws SQLException {
        return sql.first(COLUMNS + "WHERE student = ? AND id = ?", History::entry, student, id);
    }

    /** Returns the id of a grade's newest entry. */
    static int latest(Session sql, int student, int grade) throws SQLException {
        return (int) sql.number("SELECT max(id) FROM history WHERE student = ? AND grade = ?", student, grade);
    }

    private static HistoryEntry entry(ResultRow row) throws SQLException {
        return new HistoryEntry(
                row.integer(1),
                Tables.instant(row.number(2)),
                row.text(3),
                numberOrNull(row, 4),
                numberOrNull(row, 5),
                row.text(6),
                textOrNull(row.text(7)),
                textOrNull(row.text(8)),
                row.text(9),
                row.text(10));
    }

    private static @Nullable Integer numberOrNull(ResultRow row, int column) throws SQLException {
        var number = row.integer(column);
        return number == 0 ? null : number;
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
