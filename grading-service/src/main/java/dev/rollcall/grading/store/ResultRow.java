package dev.rollcall.grading.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The current row of a query's answer; columns count from 1. */
public final class ResultRow {
    private final ResultSet rows;
    private final StoredText storedText;

    ResultRow(ResultSet rows, StoredText storedText) {
        this.rows = rows;
        this.storedText = storedText;
    }

    /** A whole number; 0 where there is none. */
    public long number(int column) throws SQLException {
        return rows.getLong(column);
    }

    /** A whole number that is an int; 0 where there is none. */
    public int integer(int column) throws SQLException {
        return rows.getInt(column);
    }

    /** A whole number that may be absent. */
    public long numberOr(int column, long absent) throws SQLException {
        var number = rows.getLong(column);
        return number == 0 && rows.wasNull() ? absent : number;
    }

    /** A text; empty where there is none. */
    public String text(int column) throws SQLException {
        var text = rows.getString(column);
        return text == null ? "" : storedText.fromTable(text);
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** The value. */
        T read(ResultRow resultRow) throws SQLException;
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface Taker {
        /** Takes the current row. */
        void take(ResultRow resultRow) throws SQLException;
    }
}
