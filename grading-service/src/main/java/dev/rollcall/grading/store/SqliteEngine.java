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
 * SQLite in one file: write-ahead log, synced at each commit, one connection that writes and a few that read.
 *
 * <p>The directory is claimed for this process. The driver's native library is unpacked into it and not into the
 * system's temporary directory, from which it may not be allowed to run.
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
    private final Semaphore mayRead = new Semaphore(READERS);
    private final Deque<Session> readers = new ConcurrentLinkedDeque<>();
    /** Null after an error from which it may not have recovered. */
    private volatile @Nullable Session writer;

    private volatile boolean isClosed;

    private SqliteEngine(Path directory, DiskDirectory claim, long bytesMax) {
        this.directory = directory;
        this.claim = claim;
        this.bytesMax = bytesMax;
    }

    /**
     * Opens the file in a directory, or makes it.
     *
     * @param bytesMax how large the file may become
     */
    static SqliteEngine open(Path directory, long bytesMax) throws IOException {
        var claim = DiskDirectory.claim(directory);
        try {
            WalMark.check(directory);
            // for the owner only, as will be what SQLite puts beside it
            claim.open(FILE).close();
            unpackBelow(directory.toAbsolutePath().resolve("native"));
            var engine = new SqliteEngine(directory.toAbsolutePath(), claim, bytesMax);
            engine.renewMark();
            claim.hold(FILE);
            return engine;
        } catch (IOException | RuntimeException | Error e) {
            claim.close();
            throw e;
        }
    }

    /** The driver unpacks at each start and leaves what it unpacked behind when it is killed. */
    static void unpackBelow(Path libraries) throws IOException {
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
            // the former mark goes on to count; a full disk, say, is told of when it is written to
            LOG.atDebug().setCause(e).log("the database keeps its mark");
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
            // a pragma of the connection, not of the file
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
        var known = writer;
        if (known != null) {
            return known;
        }
        var opened = openWriter();
        writer = opened;
        return opened;
    }

    @Override
    public Session reader() throws SQLException {
        try {
            if (mayRead.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return idleOrOpened();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLException("all readers are busy");
    }

    private Session idleOrOpened() throws SQLException {
        try {
            if (isClosed) {
                // another process may have the directory already
                throw new SQLException("the store is closed");
            }
            var idle = readers.poll();
            return idle != null ? idle : open(false);
        } catch (SQLException | RuntimeException e) {
            mayRead.release();
            throw e;
        }
    }

    @Override
    public void release(Session session) {
        var isGood = isRenewed(session);
        if (session == writer) {
            writer = isGood ? session : null;
            if (!isGood) {
                // if it was the last connection, SQLite has deleted it
                claim.release(WAL);
            }
            return;
        }
        if (isGood) {
            readers.push(session);
        }
        mayRead.release();
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
     * After some errors SQLite rolls back by itself, of which the driver knows nothing: it would go on without a
     * transaction, so that what is written next could stay in half. Such a connection is given up.
     */
    private static boolean isRenewed(Session session) {
        try {
            session.renew();
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

    /** What was written but not synced may be read again after a crash. */
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
            // VACUUM can't be within a transaction
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

    /** A write-ahead log of this database must not be taken for the copy's. */
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
            throw new StoreException(Kind.UNUSABLE, "the directory can't be given back", e);
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // its file is closed with the process at the latest, and what was answered is on disk
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // told by the exception that is already under way
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    /** Of an extended code (SQLITE_IOERR_WRITE), the primary one. */
    private static int code(SQLException error) {
        return error.getErrorCode() & 0xff;
    }
}
