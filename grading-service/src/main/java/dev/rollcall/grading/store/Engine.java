package dev.rollcall.grading.store;

import dev.rollcall.grading.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The differences between SQLite and PostgreSQL. Thread-safe. */
interface Engine extends AutoCloseable {
    Dialect dialect();

    /** Returns the writing session, for one group commit; the caller releases it. */
    Session writer() throws SQLException;

    /** Returns a reading session with a consistent snapshot; the caller releases it. */
    Session reader() throws SQLException;

    /** Releases a session, and rolls back what it did not commit. */
    void release(Session session) throws SQLException;

    /**
     * Checks that the next start will find the committed data. Called before each commit and while idle.
     *
     * @throws SQLException if the data was moved or deleted
     */
    void verify() throws SQLException;

    /** Returns whether other instances may commit to the same database. */
    boolean isShared();

    /** Returns the effect of an error before the commit. */
    Kind kind(SQLException error);

    /** Returns the effect of an error of the commit itself. */
    Kind kindAtCommit(SQLException error);

    /** Returns whether an error ends the transaction, so that even a savepoint is lost. */
    boolean endsTransaction(SQLException error);

    /** Copies a consistent snapshot into a file; empty if the database has its own tools for that. */
    Optional<Path> backup(String name) throws SQLException;

    /** Returns the size of the database, if known. */
    OptionalLong bytes();

    @Override
    void close();
}
