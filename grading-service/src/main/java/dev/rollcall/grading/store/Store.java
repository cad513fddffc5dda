package dev.rollcall.grading.store;

import dev.rollcall.grading.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The gradebook's tables in a database: reads, group-committed writes, backups. Thread-safe. */
public final class Store implements AutoCloseable {
    private static final String REVISION = "SELECT revision FROM book";

    private final Engine engine;
    private final GroupWriter writer;
    private final boolean isNew;

    private Store(Engine engine, GroupWriter writer, boolean isNew) {
        this.engine = engine;
        this.writer = writer;
        this.isNew = isNew;
    }

    /**
     * Opens or creates the SQLite file in a directory, which this process claims.
     *
     * @param bytesMax the largest size of the file
     * @param seed runs in the transaction that creates the tables
     * @throws StoreException if the file can't be used; the message says why
     */
    public static Store sqlite(Path directory, long bytesMax, TransactionBody<Transaction, ?> seed) {
        try {
            return open(SqliteEngine.open(directory, bytesMax), seed);
        } catch (IOException | SQLException e) {
            throw new StoreException(Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Opens a PostgreSQL database, like {@link #sqlite}. */
    public static Store postgres(String url, TransactionBody<Transaction, ?> seed) {
        try {
            return open(PostgresEngine.open(url), seed);
        } catch (SQLException e) {
            throw new StoreException(Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Store open(Engine engine, TransactionBody<Transaction, ?> seed) throws SQLException {
        try {
            var session = engine.writer();
            try {
                var isNew = Migrations.of(engine.dialect()).run(session);
                var transaction = Transaction.begin(session, engine.dialect().lockClause());
                if (isNew) {
                    seed.run(transaction);
                }
                transaction.commit();
                var writer = new GroupWriter(engine, transaction.revision());
                writer.start();
                return new Store(engine, writer, isNew);
            } finally {
                engine.release(session);
            }
        } catch (SQLException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** Returns whether opening this store created the tables. */
    public boolean isNew() {
        return isNew;
    }

    /** Returns the revision of the last commit. Reads at the same revision return the same data. */
    public long revision() {
        return engine.isShared() ? read(session -> session.number(REVISION)) : writer.revision();
    }

    /** Returns the revision that a session sees. */
    public static long revisionOf(Session session) throws SQLException {
        return session.number(REVISION);
    }

    /** Runs a read in a transaction with a consistent snapshot. */
    public <T> T read(TransactionBody<Session, T> body) {
        try {
            var session = engine.reader();
            try {
                return body.run(session);
            } finally {
                engine.release(session);
            }
        } catch (SQLException e) {
            throw new StoreException(engine.kind(e), "the database can't be read now", e);
        }
    }

    /**
     * Runs a write, and returns when it is on disk. An exception of the body rolls it back and reaches the caller.
     *
     * @throws StoreException if the database can't store it
     */
    public <T> T write(TransactionBody<Transaction, T> body) {
        return writer.write(body);
    }

    /** Copies a consistent snapshot into a file of this name; empty on PostgreSQL, which has its own tools for that. */
    public Optional<Path> backup(String name) {
        try {
            return engine.backup(name);
        } catch (SQLException e) {
            throw new StoreException(engine.kind(e), "the backup can't be written", e);
        }
    }

    /** Returns the size of the database, if known. */
    public OptionalLong bytes() {
        return engine.bytes();
    }

    /** Returns the reasons why the store is unhealthy; empty if it is healthy. */
    public List<String> healthReasons() {
        var failure = writer.failure();
        return failure.isEmpty() ? List.of() : List.of("the database takes no writes: " + failure);
    }

    /** Commits the pending writes, then closes the database. */
    @Override
    public void close() {
        writer.close();
        engine.close();
    }
}
