package dev.rollcall.grading.store;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.grading.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Replaces the SQLite file by a backup. The copy is written beside the file, checked, synced, and then renamed. Nothing
 * changes before the rename. A crash right after it leaves a write-ahead log that the next start refuses (see
 * {@link WalMark}).
 */
public final class Restore {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final String COPY = SqliteEngine.FILE + ".restoring";
    private static final List<String> ENDINGS = List.of("-wal", "-shm", "-journal");
    private static final int PART_BYTES = 1 << 20;

    private final Path backup;
    private final Path path;
    private final DiskDirectory directory;

    private Restore(Path backup, Path path, DiskDirectory directory) {
        this.backup = backup;
        this.path = path;
        this.directory = directory;
    }

    /** The size of a restored gradebook. */
    public record Restored(long students, long grades) {}

    /**
     * Restores a directory's gradebook from a backup.
     *
     * @throws StoreException if the backup is invalid, or a service uses the directory; nothing is changed then
     */
    public static Restored restore(Path backup, Path directory) {
        try {
            checkBefore(backup, directory);
            try (var claimed = DiskDirectory.claim(directory)) {
                return new Restore(backup, directory.toAbsolutePath(), claimed).run();
            }
        } catch (NoSuchFileException e) {
            throw new StoreException(Kind.UNUSABLE, "there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw new StoreException(Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            throw new StoreException(Kind.UNUSABLE, "it is corrupt: " + e.getMessage(), e);
        }
    }

    private static void checkBefore(Path backup, Path directory) throws IOException {
        if (Files.isDirectory(backup)) {
            throw new IOException("it is a directory");
        }
        try (var in = Files.newInputStream(backup)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("it is no SQLite database");
            }
        }
        for (var ending : ENDINGS) {
            var beside = backup.resolveSibling(backup.getFileName() + ending);
            if (!ending.equals("-shm") && WalMark.length(beside) > 0) {
                throw new IOException("a part of it is in " + beside
                        + ": it was copied from a running service; take one that POST /backup made");
            }
        }
        var current = directory.resolve(SqliteEngine.FILE);
        if (Files.exists(current) && Files.isSameFile(backup, current)) {
            throw new IOException("it is the gradebook itself");
        }
    }

    private Restored run() throws IOException, SQLException {
        deleteAll(COPY);
        try {
            copy();
            SqliteEngine.unpackLibraryInto(path.resolve("native"));
            var restored = check();
            try (var file = directory.open(COPY)) {
                file.sync();
            }
            directory.rename(COPY, SqliteEngine.FILE);
            directory.sync();
            for (var ending : ENDINGS) {
                directory.delete(SqliteEngine.FILE + ending);
            }
            directory.sync();
            directory.delete(WalMark.FILE);
            directory.sync();
            return restored;
        } finally {
            deleteAll(COPY);
        }
    }

    private void copy() throws IOException {
        try (InputStream in = Files.newInputStream(backup);
                var file = directory.open(COPY)) {
            for (var part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
                file.append(part);
            }
            file.sync();
        }
    }

    private Restored check() throws IOException, SQLException {
        try (var session = new Session(connect(), Dialect.SQLITE.texts())) {
            var found = session.first("PRAGMA integrity_check(1)", row -> row.text(1))
                    .orElse("");
            if (!found.equals("ok")) {
                throw new IOException("it is corrupt: " + found);
            }
            if (session.number(Dialect.SQLITE.tableCount(), "migration") == 0) {
                throw new IOException("it is no gradebook");
            }
            Migrations.of(Dialect.SQLITE).run(session);
            session.script("PRAGMA user_version = 0;\n");
            var restored = new Restored(
                    session.number("SELECT count(*) FROM student"), session.number("SELECT count(*) FROM grade"));
            session.commit();
            return restored;
        }
    }

    /** Connects without a write-ahead log, so that the copy is one file. */
    private Connection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path.resolve(COPY));
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private void deleteAll(String name) throws IOException {
        directory.delete(name);
        for (var ending : ENDINGS) {
            directory.delete(name + ending);
        }
    }
}
