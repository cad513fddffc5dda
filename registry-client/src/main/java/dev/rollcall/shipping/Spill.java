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
 * The entries of one run on disk, in files that are named by the first sequence in them: appended to the last one, read
 * from the first one, deleted when all that is in them is done with. Memory doesn't depend on how much that is. Not
 * thread-safe.
 */
final class Spill {
    private static final String ENDING = ".spill";
    private static final int READ_FAULTS_MAX = 5;

    private final RecordDirectory directory;
    private final long fileBytesMax;
    private final ArrayDeque<SpillFile> files = new ArrayDeque<>();
    private @Nullable RecordFile writing;
    private @Nullable FrameScanner scanner;
    private boolean isSynced = true;
    private long bytes;
    private long flushedThrough;
    private int readFaults;

    private Spill(RecordDirectory directory, long fileBytesMax) {
        this.directory = directory;
        this.fileBytesMax = fileBytesMax;
    }

    /** The spill that is in a directory, none at first. What is there already is only read. */
    static Spill in(RecordDirectory directory, long fileBytesMax) throws IOException {
        var spill = new Spill(directory, fileBytesMax);
        var names = new ArrayList<>(directory.names());
        names.removeIf(name -> !name.endsWith(ENDING));
        names.sort(null);
        for (var name : names) {
            var file = new SpillFile(name, directory.length(name));
            spill.files.add(file);
            spill.bytes += file.length;
        }
        return spill;
    }

    /**
     * Appends an entry, which outlives the process after the next {@link #flush}.
     *
     * @throws IOException if the disk doesn't take it: what was appended since the last flush is gone then
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
     * Checks that its files are where they are looked for by the next start.
     *
     * @throws IOException if they were deleted, moved or replaced
     */
    void verify() throws IOException {
        directory.verifyNowAndThen();
    }

    /** Gives what was appended to the operating system. */
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

    /** Returns when all that was flushed outlives the power too. */
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

    /** The last sequence that was flushed; what was appended after it is there again to be appended if that failed. */
    long flushedThrough() {
        return flushedThrough;
    }

    boolean isSynced() {
        return isSynced;
    }

    /** The next entry in order that can be read; empty if all that was flushed has been read. */
    Optional<SpillEntry> next() throws IOException {
        for (var file : files) {
            if (!file.isLeft) {
                var entry = read(file);
                if (entry.isPresent() || isBeingWritten(file)) {
                    return entry;
                }
                release(file);
            }
        }
        return Optional.empty();
    }

    /** Deletes the files in which there is nothing beyond a sequence, or which have been read without finding it. */
    void release(long sequence) throws IOException {
        while (!files.isEmpty()) {
            var oldest = files.getFirst();
            var isDone = oldest.isLeft && oldest.last <= sequence;
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
        if (!oldest.isLeft) {
            release(oldest);
        }
        deleteOldest();
        return files.isEmpty() ? Long.MAX_VALUE : files.getFirst().firstSequence() - 1;
    }

    /** How much disk it takes. */
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
                readFaults = 0;
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
            if (++readFaults < READ_FAULTS_MAX) {
                // from its beginning, next time; what was read already is passed over by its sequence
                throw e;
            }
            readFaults = 0;
            return Optional.empty();
        }
    }

    private void release(SpillFile file) throws IOException {
        file.isLeft = true;
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
            // to be synced with the next one, if that is needed at all
            files.getLast().unsynced = writing;
            writing = null;
        }
        endFile();
        var name = String.format(Locale.ROOT, "%019d%s", firstSequence, ENDING);
        var file = directory.open(name);
        writing = file;
        if (!files.isEmpty() && files.getLast().name.equals(name)) {
            // the disk took nothing of what it was begun for
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
            // what is torn stays behind the length up to which the file is read; the next entries go to another one
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
            // all that counts was flushed
        }
    }

    private static final class SpillFile {
        private final String name;
        private long length;
        private long last;
        private long flushedLast;
        private boolean isLeft;
        /** Written to its end, and not yet closed because not yet synced. */
        private @Nullable RecordFile unsynced;

        SpillFile(String name, long length) {
            this.name = name;
            this.length = length;
        }

        long firstSequence() {
            return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
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
