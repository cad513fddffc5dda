package dev.rollcall.grading.store;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.grading.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite in one file, with a write-ahead log that each commit syncs, one writing connection and a few reading ones.
 *
 * <p>The directory is claimed for this process. The driver's native library is unpacked into it, because the system's
 * temporary directory may be mounted without permission to execute.
 */
final class SqliteEngine implements Engine {
    static final String FILE = "grades.sqlite";
    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);
    private static final String WAL = FILE + "-wal";
    private static final int READERS = 4;
    private static final int WAIT_MILLIS = 5_000;
    private static final int PAGE_BYTES = 4_096;
    /** Primary result codes after which SQLite may have rolled back by itself: FULL, IOERR, NOMEM, BUSY, INTERRUPT. */
    private static final Set<Integer> ENDING = Set.of(13, 10, 7, 5, 9);

    private static final int SQLITE_FULL = 13;

    private final Path directory;
    private final DiskDirectory claim;
    private final long bytesMax;
    private final Semaphore readPermits = new Semaphore(READERS);
    private final Deque<Session> readers = new ConcurrentLinkedDeque<>();
    /** Null after an error that the connection may not have recovered from. */
    private volatile @Nullable Session writer;

    private volatile boolean isClosed;

    private SqliteEngine(Path directory, DiskDirectory claim, long bytesMax) {
        this.directory = directory;
        this.claim = claim;
        this.bytesMax = bytesMax;
    }

    /**
     * Opens or creates the file in a directory.
     *
     * @param bytesMax the largest size of the file
     */
    static SqliteEngine open(Path directory, long bytesMax) throws IOException {
        var claim = DiskDirectory.claim(directory);
        try {
            WalMark.check(directory);
            // creates it readable by the owner only; SQLite gives its other files the same permissions
            claim.open(FILE).close();
            unpackLibraryInto(directory.toAbsolutePath().resolve("native"));
            var engine = new SqliteEngine(directory.toAbsolutePath(), claim, bytesMax);
            engine.renewMark();
            claim.hold(FILE);
            return engine;
        } catch (IOException | RuntimeException | Error e) {
            claim.close();
            throw e;
        }
    }

    /** Deletes earlier copies first: a killed process leaves the library behind that its driver unpacked. */
    static void unpackLibraryInto(Path libraries) throws IOException {
        Files.createDirectories(libraries);
        try (var files = Files.list(libraries)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        if (System.getProperty("org.sqlite.tmpdir") == null) {
            System.setProperty("org.sqlite.tmpdir", libraries.toString());
        }
    }

    private void renewMark() {
        try {
            WalMark.renew(claim, directory, this::mark);
        } catch (IOException e) {
            // the former mark stays valid; a full disk, for example, is reported by the next write
            LOG.atDebug().setCause(e).log("the database keeps its former mark");
        }
    }

    /** Closing the only connection empties the write-ahead log. */
    private void mark(int mark) throws IOException {
        try (var connection = connect(true)) {
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version = " + mark);
            }
        } catch (SQLException e) {
            throw new IOException("the database can't be marked", e);
        }
    }

    private Session open(boolean writes) throws SQLException {
        return new Session(connect(writes), Dialect.SQLITE.texts());
    }

    private Session openWriter() throws SQLException {
        var session = open(true);
        try {
            // this pragma applies to the connection, not to the file
            session.script("PRAGMA max_page_count = " + Math.max(1, bytesMax / PAGE_BYTES) + ";\n");
            session.commit();
            claim.hold(WAL);
            return session;
        } catch (SQLException e) {
            closeQuietly(session);
            throw e;
        } catch (IOException e) {
            closeQuietly(session);
            throw new SQLException(e.getMessage(), e);
        }
    }

    private Connection connect(boolean writes) throws SQLException {
        verified(claim::verify);
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(WAIT_MILLIS);
        config.setTransactionMode(
                writes ? SQLiteConfig.TransactionMode.IMMEDIATE : SQLiteConfig.TransactionMode.DEFERRED);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + directory.resolve(FILE));
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void verify() throws SQLException {
        verified(claim::verifyIfDue);
    }

    private static void verified(Check check) throws SQLException {
        try {
            check.run();
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public Session writer() throws SQLException {
        var current = writer;
        if (current != null) {
            return current;
        }
        var opened = openWriter();
        writer = opened;
        return opened;
    }

    @Override
    public Session reader() throws SQLException {
        try {
            if (readPermits.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return idleOrNew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLException("all readers are busy");
    }

    private Session idleOrNew() throws SQLException {
        try {
            if (isClosed) {
                // another process may have claimed the directory already
                throw new SQLException("the store is closed");
            }
            var idle = readers.poll();
            return idle != null ? idle : open(false);
        } catch (SQLException | RuntimeException e) {
            readPermits.release();
            throw e;
        }
    }

    @Override
    public void release(Session session) {
        var isUsable = isRolledBack(session);
        if (session == writer) {
            writer = isUsable ? session : null;
            if (!isUsable) {
                // SQLite deletes the log with its last connection
                claim.release(WAL);
            }
            return;
        }
        if (isUsable) {
            readers.push(session);
        }
        readPermits.release();
        if (isClosed) {
            closeReaders();
        }
    }

    private void closeReaders() {
        for (var idle = readers.poll(); idle != null; idle = readers.poll()) {
            closeQuietly(idle);
        }
    }

    /**
     * Rolls back; closes the connection if that fails. After some errors SQLite rolls back by itself, unnoticed by the
     * driver. It would go on without a transaction, so that the next write could be stored in part.
     */
    private static boolean isRolledBack(Session session) {
        try {
            session.rollback();
            return true;
        } catch (SQLException e) {
            closeQuietly(session);
            return false;
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Kind kind(SQLException error) {
        return code(error) == SQLITE_FULL ? Kind.FULL : Kind.UNAVAILABLE;
    }

    /** Returns UNKNOWN for a failed sync: the commit may be there after a crash. */
    @Override
    public Kind kindAtCommit(SQLException error) {
        var isUnsynced = error instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC;
        return isUnsynced ? Kind.UNKNOWN : kind(error);
    }

    @Override
    public boolean endsTransaction(SQLException error) {
        return ENDING.contains(code(error));
    }

    @Override
    public Optional<Path> backup(String name) throws SQLException {
        var folder = directory.resolve("backups");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SQLException("no directory for backups", e);
        }
        var file = folder.resolve(name + ".sqlite");
        var part = folder.resolve(name + ".part");
        try (var connection = connect(false)) {
            // VACUUM can't run within a transaction
            connection.setAutoCommit(true);
            try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, part.toString());
                statement.execute();
            }
            unmark(part);
            Files.move(part, file);
            return Optional.of(file);
        } catch (IOException | SQLException e) {
            deleteQuietly(part);
            throw e instanceof SQLException s ? s : new SQLException("the backup can't be named", e);
        }
    }

    /** Removes the mark, so that the write-ahead log of this database does not pass for that of the copy. */
    private static void unmark(Path copy) throws SQLException {
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + copy);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 0");
        }
    }

    @Override
    public OptionalLong bytes() {
        try {
            return OptionalLong.of(Files.size(directory.resolve(FILE)));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        closeReaders();
        var last = writer;
        writer = null;
        if (last != null) {
            closeQuietly(last);
        }
        try {
            claim.close();
        } catch (IOException e) {
            throw new StoreException(Kind.UNUSABLE, "the directory can't be released", e);
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // the process closes the file at the latest, and acknowledged writes are on disk
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the exception in flight has the reason
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    /** Returns the primary code of an extended one such as SQLITE_IOERR_WRITE. */
    private static int code(SQLException error) {
        return error.getErrorCode() & 0xff;
    }
}
