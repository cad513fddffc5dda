package dev.rollcall.registry.journal;

import dev.rollcall.disk.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The one file of a journal: a heading and frames, all of them on disk, and at times behind them what is to be taken
 * back. Not thread-safe.
 */
final class JournalFile implements Closeable {
    private final RecordFile file;
    private long generation;
    private long goodLength;

    /**
     * Of a file that has been read.
     *
     * @param goodLength how far it is good; 0 if not even its heading is
     */
    JournalFile(RecordFile file, long generation, long goodLength) {
        this.file = file;
        this.generation = generation;
        this.goodLength = goodLength;
    }

    /** How much of it is on disk for good, in bytes. */
    long length() {
        return goodLength;
    }

    /** Drops everything and starts anew; when that fails, the next call tries it again first. */
    void begin(long newGeneration) throws IOException {
        generation = newGeneration;
        goodLength = 0;
        repair();
    }

    /** Returns when all frames are on disk. When that fails, none stays. */
    void append(List<byte[]> frames) throws IOException {
        repair();
        for (var frame : frames) {
            file.append(frame);
        }
        file.sync();
        goodLength = file.length();
    }

    /** Takes back what isn't good, or the next frame would stand behind a torn one. */
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
