package dev.rollcall.grading.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The current row of a query's result; columns count from 1. */
public final class ResultRow {
    private final ResultSet rows;
    private final StoredText texts;

    ResultRow(ResultSet rows, StoredText texts) {
        this.rows = rows;
        this.texts = texts;
    }

    /** Returns a whole number; 0 for null. */
    public long number(int column) throws SQLException {
        return rows.getLong(column);
    }

    /** Returns a whole number as an int; 0 for null. */
    public int integer(int column) throws SQLException {
        return rows.getInt(column);
    }

    /** Returns a whole number; {@code absent} for null. */
    public long numberOr(int column, long absent) throws SQLException {
        var number = rows.getLong(column);
        return number == 0 && rows.wasNull() ? absent : number;
    }

    /** Returns a text; empty for null. */
    public String text(int column) throws SQLException {
        var text = rows.getString(column);
        return text == null ? "" : texts.fromTable(text);
    }

    /** Maps a row to a value. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultRow row) throws SQLException;
    }

    /** Receives rows one by one. */
    @FunctionalInterface
    public interface Consumer {
        void accept(ResultRow row) throws SQLException;
    }
}
