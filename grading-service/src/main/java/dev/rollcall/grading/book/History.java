package dev.rollcall.grading.book;

import dev.rollcall.grading.store.ResultRow;
import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the history, newest first. */
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

    /** The newest entry of a grade. */
    static int latest(Session sql, int student, int grade) throws SQLException {
        return (int) sql.number("SELECT max(id) FROM history WHERE student = ? AND grade = ?", student, grade);
    }

    private static HistoryEntry entry(ResultRow resultRow) throws SQLException {
        return new HistoryEntry(
                resultRow.integer(1),
                Tables.instant(resultRow.number(2)),
                resultRow.text(3),
                numberOrNull(resultRow, 4),
                numberOrNull(resultRow, 5),
                resultRow.text(6),
                textOrNull(resultRow.text(7)),
                textOrNull(resultRow.text(8)),
                resultRow.text(9),
                resultRow.text(10));
    }

    private static @Nullable Integer numberOrNull(ResultRow resultRow, int column) throws SQLException {
        var number = resultRow.integer(column);
        return number == 0 ? null : number;
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
