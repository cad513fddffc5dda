package dev.rollcall.registry.journal;

import dev.rollcall.disk.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The journal's one file: a heading and frames, all on disk, and at times a rest behind them that is to be truncated.
 * Not thread-safe.
 */
final class JournalFile implements Closeable {
    private final RecordFile file;
    private long generation;
    private long goodLength;

    /**
     * Takes over a file that has been read.
     *
     * @param goodLength the length of its valid part; 0 if not even the heading is valid
     */
    JournalFile(RecordFile file, long generation, long goodLength) {
        this.file = file;
        this.generation = generation;
        this.goodLength = goodLength;
    }

    /** Returns the length of the valid part on disk, in bytes. */
    long length() {
        return goodLength;
    }

    /** Drops everything and starts anew. If that fails, the next call tries it again first. */
    void begin(long newGeneration) throws IOException {
        generation = newGeneration;
        goodLength = 0;
        repair();
    }

    /** Appends frames and syncs. If that fails, none stays. */
    void append(List<byte[]> frames) throws IOException {
        repair();
        for (var frame : frames) {
            file.append(frame);
        }
        file.sync();
        goodLength = file.length();
    }

    /** Truncates the file to its valid part, since the next frame must not follow a torn one. */
    void repair() throws IOException {
        if (goodLength == 0) {
            file.truncate(0);
            file.append(JournalFormat.heading(generation, 0));
            file.sync();
            goodLength = file.length();
        } else if (file.length() != goodLength) {
            file.truncate(goodLength);
            file.sync();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
