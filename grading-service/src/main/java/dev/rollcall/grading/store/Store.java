package dev.rollcall.grading.store;

import dev.rollcall.grading.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The gradebook's tables in a database. Thread-safe. */
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
     * Opens SQLite's file in a directory of this process's own, or makes it.
     *
     * @param bytesMax how large the file may become
     * @param seed run in the transaction that makes the tables, if they aren't there yet
     * @throws StoreException if that can't be; the message says why
     */
    public static Store sqlite(Path directory, long bytesMax, TransactionBody<Transaction, ?> seed) {
        try {
            return open(SqliteEngine.open(directory, bytesMax), seed);
        } catch (IOException | SQLException e) {
            throw new StoreException(Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Like {@link #sqlite}, for a PostgreSQL database that its URL names. */
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
                    seed.on(transaction);
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

    /** Whether the tables were made by this opening. */
    public boolean isNew() {
        return isNew;
    }

    /** The revision of the newest change that is committed: as long as it stays, so does all that is read. */
    public long revision() {
        return engine.isShared() ? read(session -> session.number(REVISION)) : writer.revision();
    }

    /** The revision that a session sees. */
    public static long revisionOf(Session session) throws SQLException {
        return session.number(REVISION);
    }

    /** Reads, in a transaction that sees one moment. */
    public <T> T read(TransactionBody<Session, T> transactionBody) {
        try {
            var session = engine.reader();
            try {
                return transactionBody.on(session);
            } finally {
                engine.release(session);
            }
        } catch (SQLException e) {
            throw new StoreException(engine.kind(e), "the database can't be read now", e);
        }
    }

    /**
     * Writes; returns when it is on disk.
     *
     * @throws StoreException if it isn't, and also what the work throws, after which it is undone
     */
    public <T> T write(TransactionBody<Transaction, T> transactionBody) {
        return writer.write(transactionBody);
    }

    /** Copies the tables as of one moment into a file of this name; empty if the database has its own tools for that. */
    public Optional<Path> backup(String name) {
        try {
            return engine.backup(name);
        } catch (SQLException e) {
            throw new StoreException(engine.kind(e), "the backup can't be written", e);
        }
    }

    /** How large the database is, where that is known. */
    public OptionalLong bytes() {
        return engine.bytes();
    }

    /** Reasons for being unwell. */
    public List<String> healthReasons() {
        var failure = writer.failure();
        return failure.isEmpty() ? List.of() : List.of("the database takes no writes: " + failure);
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        writer.close();
        engine.close();
    }
}
