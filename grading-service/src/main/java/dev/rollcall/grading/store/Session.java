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
 * One connection within a transaction. Statements are prepared once and kept. Not thread-safe.
 *
 * <p>Arguments are whole numbers, truths (kept as 0 and 1), texts or null.
 */
public final class Session implements AutoCloseable {
    private static final int FETCH_ROWS = 2_000;

    private final Connection connection;
    private final StoredText storedText;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection, StoredText storedText) {
        this.connection = connection;
        this.storedText = storedText;
    }

    /** What each row of a query's answer makes. */
    public <T> List<T> list(String sql, ResultRow.Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        var all = new ArrayList<T>();
        each(sql, resultRow -> all.add(reader.read(resultRow)), arguments);
        return all;
    }

    /** What the first row makes, if there is one. */
    public <T> Optional<T> first(String sql, ResultRow.Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (var rows = prepared(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new ResultRow(rows, storedText))) : Optional.empty();
        }
    }

    /** The number that a query of one row and one column answers. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        return first(sql, resultRow -> resultRow.number(1), arguments)
                .orElseThrow(() -> new SQLException("no row: " + sql));
    }

    /** Gives each row to the taker. */
    public void each(String sql, ResultRow.Taker taker, @Nullable Object... arguments) throws SQLException {
        var statement = prepared(sql, arguments);
        try (var rows = statement.executeQuery()) {
            var resultRow = new ResultRow(rows, storedText);
            while (rows.next()) {
                taker.take(resultRow);
            }
        }
    }

    /** Changes rows; how many. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return prepared(sql, arguments).executeUpdate();
    }

    /** Ends the transaction; the next statement begins another one, which sees what is there by then. */
    public void renew() throws SQLException {
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

    Connection connection() {
        return connection;
    }

    /** Closes the connection, or gives it back to its pool. */
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

    private void bind(PreparedStatement statement, int place, @Nullable Object argument) throws SQLException {
        if (argument instanceof String text) {
            statement.setString(place, storedText.toTable(text));
        } else if (argument instanceof Number number) {
            statement.setLong(place, number.longValue());
        } else if (argument instanceof Boolean truth) {
            statement.setLong(place, truth ? 1 : 0);
        } else if (argument == null) {
            statement.setObject(place, null);
        } else {
            throw new IllegalArgumentException("not a column's value: " + argument.getClass());
        }
    }
}
