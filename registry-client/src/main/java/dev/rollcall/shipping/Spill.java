package dev.rollcall.shipping;

import dev.rollcall.disk.FrameScanner;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one session on disk, in files named by their first sequence: appended to the last file, read from the
 * first, deleted when all entries in it are acknowledged. Memory use does not depend on the size. Not thread-safe.
 */
final class Spill {
    private static final String SUFFIX = ".spill";
    private static final int READ_FAILURES_MAX = 5;

    private final RecordDirectory directory;
    private final long fileBytesMax;
    private final ArrayDeque<SpillFile> files = new ArrayDeque<>();
    private @Nullable RecordFile writing;
    private @Nullable FrameScanner scanner;
    private boolean isSynced = true;
    private long bytes;
    private long flushedThrough;
    private int readFailures;

    private Spill(RecordDirectory directory, long fileBytesMax) {
        this.directory = directory;
        this.fileBytesMax = fileBytesMax;
    }

    /** Opens the spill in a directory, which may be empty. Existing files are only read. */
    static Spill open(RecordDirectory directory, long fileBytesMax) throws IOException {
        var spill = new Spill(directory, fileBytesMax);
        var names = new ArrayList<>(directory.names());
        names.removeIf(name -> !name.endsWith(SUFFIX));
        names.sort(null);
        for (var name : names) {
            var file = new SpillFile(name, directory.length(name));
            spill.files.add(file);
            spill.bytes += file.length;
        }
        return spill;
    }

    /**
     * Appends an entry, which survives the process after the next {@link #flush}.
     *
     * @throws IOException if the disk does not take it; what was appended since the last flush is lost then
     */
    void append(SpillEntry spillEntry) throws IOException {
        try {
            var file = writing;
            if (file == null || file.length() >= fileBytesMax) {
                file = roll(spillEntry.first());
            }
            file.append(SpillEntryFrame.of(spillEntry));
            files.getLast().last = spillEntry.last();
        } catch (IOException e) {
            truncate();
            throw e;
        }
    }

    /**
     * Checks that the files are where the next start looks for them.
     *
     * @throws IOException if they were deleted, moved or replaced
     */
    void verify() throws IOException {
        directory.verifyIfDue();
    }

    /** Hands appended entries to the operating system. */
    void flush() throws IOException {
        if (writing != null) {
            try {
                writing.flush();
            } catch (IOException e) {
                truncate();
                throw e;
            }
            var file = files.getLast();
            isSynced &= file.length == writing.length();
            bytes += writing.length() - file.length;
            file.length = writing.length();
            file.flushedLast = file.last;
            flushedThrough = Math.max(flushedThrough, file.last);
        }
    }

    /** Returns when all flushed entries survive a power loss. */
    void sync() throws IOException {
        if (isSynced) {
            return;
        }
        isSynced = true;
        try {
            for (var file : files) {
                file.sync();
            }
            if (writing != null) {
                writing.sync();
            }
        } catch (IOException e) {
            // another sync might succeed without having written: the next entries go to another file
            endFile();
            throw e;
        }
    }

    /** Returns the last flushed sequence. If a flush failed, later entries must be appended again. */
    long flushedThrough() {
        return flushedThrough;
    }

    boolean isSynced() {
        return isSynced;
    }

    /** Returns the next readable entry; empty if all flushed entries have been read. */
    Optional<SpillEntry> next() throws IOException {
        for (var file : files) {
            if (!file.isRead) {
                var entry = read(file);
                if (entry.isPresent() || isBeingWritten(file)) {
                    return entry;
                }
                release(file);
            }
        }
        return Optional.empty();
    }

    /** Deletes the files that have been read and hold nothing beyond a sequence. */
    void release(long sequence) throws IOException {
        while (!files.isEmpty()) {
            var oldest = files.getFirst();
            var isDone = oldest.isRead && oldest.last <= sequence;
            if (!isDone || isBeingWritten(oldest)) {
                break;
            }
            deleteOldest();
        }
        if (writing != null && files.getLast().last <= sequence && files.getLast().length > fileBytesMax / 4) {
            endFile();
        }
    }

    /**
     * Deletes the oldest file, unless it is being written.
     *
     * @return the last sequence that may have been in it; 0 if there is no such file
     */
    long dropOldest() throws IOException {
        if (files.isEmpty() || isBeingWritten(files.getFirst())) {
            return 0;
        }
        var oldest = files.getFirst();
        if (!oldest.isRead) {
            release(oldest);
        }
        deleteOldest();
        return files.isEmpty() ? Long.MAX_VALUE : files.getFirst().firstSequence() - 1;
    }

    /** Returns the disk space in bytes. */
    long bytes() {
        return bytes;
    }

    void close() throws IOException {
        endFile();
        files.forEach(SpillFile::end);
        closeScanner();
    }

    private void deleteOldest() throws IOException {
        var oldest = files.getFirst();
        oldest.end();
        directory.delete(oldest.name);
        files.removeFirst();
        bytes -= oldest.length;
    }

    private Optional<SpillEntry> read(SpillFile file) throws IOException {
        try {
            var frames = scanner;
            if (frames == null) {
                var content = directory.read(file.name);
                if (content.isEmpty()) {
                    return Optional.empty();
                }
                frames = new FrameScanner(content.get());
                scanner = frames;
            }
            while (true) {
                var payload = frames.next(file.length);
                readFailures = 0;
                if (payload.isEmpty()) {
                    return Optional.empty();
                }
                var entry = SpillEntryFrame.read(payload.get());
                if (entry.isPresent()) {
                    file.last = Math.max(file.last, entry.get().last());
                    return entry;
                }
            }
        } catch (IOException e) {
            closeScanner();
            if (++readFailures < READ_FAILURES_MAX) {
                // re-read from its beginning next time; entries already returned are skipped by their sequence
                throw e;
            }
            readFailures = 0;
            return Optional.empty();
        }
    }

    private void release(SpillFile file) throws IOException {
        file.isRead = true;
        closeScanner();
    }

    private void closeScanner() throws IOException {
        var frames = scanner;
        scanner = null;
        if (frames != null) {
            frames.close();
        }
    }

    private boolean isBeingWritten(SpillFile file) {
        return writing != null && file == files.getLast();
    }

    private RecordFile roll(long firstSequence) throws IOException {
        flush();
        if (writing != null && !isSynced) {
            // synced with the next file, if needed at all
            files.getLast().unsynced = writing;
            writing = null;
        }
        endFile();
        var name = String.format(Locale.ROOT, "%019d%s", firstSequence, SUFFIX);
        var file = directory.open(name);
        writing = file;
        if (!files.isEmpty() && files.getLast().name.equals(name)) {
            // the disk took nothing of the previous file of that name
            files.removeLast().end();
        }
        files.add(new SpillFile(name, 0));
        return file;
    }

    private void truncate() {
        var file = writing;
        if (file == null) {
            return;
        }
        files.getLast().last = files.getLast().flushedLast;
        try {
            file.truncate(files.getLast().length);
        } catch (IOException e) {
            // the torn part lies beyond the readable length; the next entries go to another file
            endFile();
        }
    }

    private void endFile() {
        var file = writing;
        writing = null;
        if (file != null) {
            close(file);
        }
    }

    private static void close(RecordFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // everything that counts was flushed
        }
    }

    private static final class SpillFile {
        private final String name;
        private long length;
        private long last;
        private long flushedLast;
        private boolean isRead;
        /** A complete file that is still open because it is not synced. */
        private @Nullable RecordFile unsynced;

        SpillFile(String name, long length) {
            this.name = name;
            this.length = length;
        }

        long firstSequence() {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        }

        void sync() throws IOException {
            var file = unsynced;
            if (file != null) {
                try {
                    file.sync();
                } finally {
                    end();
                }
            }
        }

        void end() {
            var file = unsynced;
            unsynced = null;
            if (file != null) {
                close(file);
            }
        }
    }
}
