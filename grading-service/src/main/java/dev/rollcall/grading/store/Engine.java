package dev.rollcall.grading.store;

import dev.rollcall.grading.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A database: what differs between SQLite and PostgreSQL. Thread-safe. */
interface Engine extends AutoCloseable {
    /** How it is spoken to. */
    Dialect dialect();

    /** The session to write, for one group; to be given back. */
    Session writer() throws SQLException;

    /** A session to read, in a transaction that sees one moment; to be given back. */
    Session reader() throws SQLException;

    /** Takes a session back after its use; what it did not commit is undone. */
    void release(Session session) throws SQLException;

    /**
     * Checks, now and then, that what is committed is where the next start looks for it.
     *
     * @throws SQLException if it isn't
     */
    void verify() throws SQLException;

    /** Whether several instances may be at work on the database, so that what this one committed isn't all. */
    boolean isShared();

    /** What an error means that was met before the commit. */
    Kind kind(SQLException error);

    /** What an error of the commit itself means. */
    Kind kindAtCommit(SQLException error);

    /** Whether a transaction is of no use any more after this error, even back at a savepoint. */
    boolean endsTransaction(SQLException error);

    /** Copies the database into a file as of one moment; empty if it has its own tools for that. */
    Optional<Path> backup(String name) throws SQLException;

    /** How many bytes the database takes, where that is known. */
    OptionalLong bytes();

    @Override
    void close();
}
