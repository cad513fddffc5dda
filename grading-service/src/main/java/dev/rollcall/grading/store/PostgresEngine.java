package dev.rollcall.grading.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.rollcall.grading.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, which several instances can share.
 *
 * <p>If an instance's machine fails during a transaction, the other instances wait until the server ends that
 * transaction, after {@value #TRANSACTION_IDLE_MILLIS} ms.
 */
final class PostgresEngine implements Engine {
    private static final int READERS = 8;
    private static final int WAIT_MILLIS = 5_000;
    private static final int TRANSACTION_IDLE_MILLIS = 10_000;
    private static final int STATEMENT_MILLIS = 30_000;
    private static final String CLASS_FULL = "53";

    private final HikariDataSource writers;
    private final HikariDataSource readers;

    private PostgresEngine(HikariDataSource writers, HikariDataSource readers) {
        this.writers = writers;
        this.readers = readers;
    }

    /** Connects; throws if the server is unreachable. */
    static PostgresEngine open(String url) throws SQLException {
        var writers = pool(url, "grading-writer", 1, false);
        try {
            return new PostgresEngine(writers, pool(url, "grading-readers", READERS, true));
        } catch (SQLException | RuntimeException e) {
            writers.close();
            throw e;
        }
    }

    private static HikariDataSource pool(String url, String name, int size, boolean readOnly) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setOptions("-c idle_in_transaction_session_timeout=" + TRANSACTION_IDLE_MILLIS + " -c statement_timeout="
                + STATEMENT_MILLIS + " -c synchronous_commit=on");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(WAIT_MILLIS / 1_000);
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setReadOnly(readOnly);
        config.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(WAIT_MILLIS);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new SQLException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public Session writer() throws SQLException {
        return new Session(writers.getConnection(), Dialect.POSTGRESQL.texts());
    }

    @Override
    public Session reader() throws SQLException {
        return new Session(readers.getConnection(), Dialect.POSTGRESQL.texts());
    }

    @Override
    public void release(Session session) throws SQLException {
        try {
            session.rollback();
        } finally {
            session.close();
        }
    }

    /** Does nothing: the server checks its files. */
    @Override
    public void verify() {}

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Kind kind(SQLException error) {
        var state = error.getSQLState();
        return state != null && state.startsWith(CLASS_FULL) && !state.equals("53300") ? Kind.FULL : Kind.UNAVAILABLE;
    }

    /** Returns UNKNOWN for a lost connection: the server may have committed. */
    @Override
    public Kind kindAtCommit(SQLException error) {
        return kind(error) == Kind.FULL ? Kind.FULL : Kind.UNKNOWN;
    }

    /** A savepoint recovers from a failed statement, but not from a lost connection or an end by the server. */
    @Override
    public boolean endsTransaction(SQLException error) {
        var state = error.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
    }

    @Override
    public Optional<Path> backup(String name) {
        return Optional.empty();
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        writers.close();
        readers.close();
    }
}
