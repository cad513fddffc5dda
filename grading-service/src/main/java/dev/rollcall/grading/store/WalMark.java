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
 * Tells whether a write-ahead log belongs to the database beside it. SQLite replays any that is whole, over whatever file
 * has the database's name: after a crash, over a backup that was put there too.
 *
 * <p>Each start writes a new number into the database's header ({@code user_version}) and into a file beside it, while
 * the write-ahead log is empty. So the log that a crash leaves belongs to the database that bears the file's number.
 * Backups bear none. Files are read here only while no connection is open: closing them would drop SQLite's locks.
 */
final class WalMark {
    static final String FILE = SqliteEngine.FILE + "-mark";
    private static final String NEW_FILE = FILE + ".new";
    private static final String WAL = SqliteEngine.FILE + "-wal";
    /** A write-ahead log that isn't longer has no frame. */
    private static final int WAL_HEADER_BYTES = 32;

    private static final int HEADER_BYTES = 100;
    private static final int MARK_OFFSET = 60;
    private static final int NONE = 0;

    private WalMark() {}

    /**
     * Refuses a write-ahead log that doesn't belong to its database.
     *
     * @throws IOException if there is one; the message says what to do
     */
    static void check(Path directory) throws IOException {
        if (length(directory.resolve(WAL)) > WAL_HEADER_BYTES && !belongs(directory)) {
            throw new IOException(WAL + " is left over from another database than " + SqliteEngine.FILE
                    + ", which was replaced; to keep what is in " + SqliteEngine.FILE + ", move it away and give it to"
                    + " --restore; to keep what was there before, put the former " + SqliteEngine.FILE + " back");
        }
    }

    private static boolean belongs(Path directory) throws IOException {
        var mark = of(directory.resolve(SqliteEngine.FILE));
        var known = directory.resolve(FILE);
        if (!Files.exists(known)) {
            // a version that made no marks has crashed, or else the file is missing
            return mark == NONE && length(directory.resolve(SqliteEngine.FILE)) > 0;
        }
        return mark != NONE && Files.readAllLines(known).contains(Integer.toString(mark));
    }

    /**
     * Gives the database a new mark, which empties its write-ahead log. A crash meanwhile leaves the old one or the new
     * one, and both in the file. Only connection to the database.
     */
    static void renew(DiskDirectory directory, Path path, Marking marking) throws IOException {
        var old = of(path.resolve(SqliteEngine.FILE));
        var mark = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
        write(directory, List.of(old, mark));
        marking.mark(mark);
        if (of(path.resolve(SqliteEngine.FILE)) == mark) {
            write(directory, List.of(mark));
        }
    }

    /** The mark in a database's header. */
    static int of(Path database) throws IOException {
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
    interface Marking {
        void mark(int mark) throws IOException;
    }
}
