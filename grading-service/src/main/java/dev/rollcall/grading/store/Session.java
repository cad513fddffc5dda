package dev.rollcall.grading.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection within a transaction. Caches its prepared statements. Not thread-safe.
 *
 * <p>Arguments are whole numbers, booleans (stored as 0 and 1), texts or null.
 */
public final class Session implements AutoCloseable {
    private static final int FETCH_ROWS = 2_000;

    private final Connection connection;
    private final StoredText texts;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection, StoredText texts) {
        this.connection = connection;
        this.texts = texts;
    }

    /** Returns the values that a query's rows map to. */
    public <T> List<T> list(String sql, ResultRow.Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        var all = new ArrayList<T>();
        each(sql, row -> all.add(reader.read(row)), arguments);
        return all;
    }

    /** Returns the value of the first row, if there is one. */
    public <T> Optional<T> first(String sql, ResultRow.Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (var rows = prepared(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new ResultRow(rows, texts))) : Optional.empty();
        }
    }

    /** Returns the result of a query for one number. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        return first(sql, row -> row.number(1), arguments).orElseThrow(() -> new SQLException("no row: " + sql));
    }

    /** Passes each row to the consumer. */
    public void each(String sql, ResultRow.Consumer consumer, @Nullable Object... arguments) throws SQLException {
        var statement = prepared(sql, arguments);
        try (var rows = statement.executeQuery()) {
            var row = new ResultRow(rows, texts);
            while (rows.next()) {
                consumer.accept(row);
            }
        }
    }

    /** Runs an update; returns the number of rows. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return prepared(sql, arguments).executeUpdate();
    }

    /** Ends the transaction. The next statement begins another one with a new snapshot. */
    public void rollback() throws SQLException {
        connection.rollback();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void script(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var each : sql.split(";\\s*\\n", -1)) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    void run(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** Closes the connection, or returns it to its pool. */
    @Override
    public void close() throws SQLException {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            statements.clear();
        } finally {
            connection.close();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH_ROWS);
            statements.put(sql, statement);
        }
        for (var i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        if (argument instanceof String text) {
            statement.setString(index, texts.toTable(text));
        } else if (argument instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else if (argument instanceof Boolean flag) {
            statement.setLong(index, flag ? 1 : 0);
        } else if (argument == null) {
            statement.setObject(index, null);
        } else {
            throw new IllegalArgumentException("not a column's value: " + argument.getClass());
        }
    }
}
