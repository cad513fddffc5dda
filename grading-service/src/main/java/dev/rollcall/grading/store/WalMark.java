package dev.rollcall.grading.store;

import dev.rollcall.disk.DiskDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Checks that a write-ahead log belongs to the database beside it. SQLite replays any intact log over whatever file has
 * the database's name, even over a backup that replaced the database after a crash.
 *
 * <p>Each start writes a new random mark into the database's header ({@code user_version}) and into a file beside it,
 * while the write-ahead log is empty. So the log that a crash leaves belongs to the database with the file's mark.
 * Backups have no mark. Files are read here only while no connection is open: closing them would drop SQLite's locks.
 */
final class WalMark {
    static final String FILE = SqliteEngine.FILE + "-mark";
    private static final String NEW_FILE = FILE + ".new";
    private static final String WAL = SqliteEngine.FILE + "-wal";
    /** A write-ahead log of at most this length has no frame. */
    private static final int WAL_HEADER_BYTES = 32;

    private static final int HEADER_BYTES = 100;
    private static final int MARK_OFFSET = 60;
    private static final int NONE = 0;

    private WalMark() {}

    /**
     * Checks the write-ahead log in a directory.
     *
     * @throws IOException if it belongs to another database; the message says what to do
     */
    static void check(Path directory) throws IOException {
        if (length(directory.resolve(WAL)) > WAL_HEADER_BYTES && !belongs(directory)) {
            throw new IOException(WAL + " is left over from another database than " + SqliteEngine.FILE
                    + ", which was replaced; to keep what is in " + SqliteEngine.FILE + ", move it away and give it to"
                    + " --restore; to keep what was there before, put the former " + SqliteEngine.FILE + " back");
        }
    }

    private static boolean belongs(Path directory) throws IOException {
        var mark = read(directory.resolve(SqliteEngine.FILE));
        var markFile = directory.resolve(FILE);
        if (!Files.exists(markFile)) {
            // written by a version without marks, or the database is missing
            return mark == NONE && length(directory.resolve(SqliteEngine.FILE)) > 0;
        }
        return mark != NONE && Files.readAllLines(markFile).contains(Integer.toString(mark));
    }

    /**
     * Writes a new mark into the database, which empties its write-ahead log. After a crash in between, the database
     * has the old or the new mark, and the file has both. No other connection may be open.
     */
    static void renew(DiskDirectory directory, Path path, MarkWriter markWriter) throws IOException {
        var old = read(path.resolve(SqliteEngine.FILE));
        var mark = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
        write(directory, List.of(old, mark));
        markWriter.write(mark);
        if (read(path.resolve(SqliteEngine.FILE)) == mark) {
            write(directory, List.of(mark));
        }
    }

    /** Returns the mark in a database's header. */
    static int read(Path database) throws IOException {
        try (var in = Files.newInputStream(database)) {
            var header = in.readNBytes(HEADER_BYTES);
            return header.length < HEADER_BYTES ? NONE : ByteBuffer.wrap(header).getInt(MARK_OFFSET);
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    static long length(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static void write(DiskDirectory directory, List<Integer> marks) throws IOException {
        directory.delete(NEW_FILE);
        try (var file = directory.open(NEW_FILE)) {
            for (var mark : marks) {
                file.append((mark + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            file.sync();
        }
        directory.rename(NEW_FILE, FILE);
        directory.sync();
    }

    /** Writes a mark into the database, and empties its write-ahead log. */
    @FunctionalInterface
    interface MarkWriter {
        void write(int mark) throws IOException;
    }
}
