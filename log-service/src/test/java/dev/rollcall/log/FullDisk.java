package dev.rollcall.log;

import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.util.Arrays;

/** A file on a disk that fills up: appended lines are written by half, and syncing fails. */
final class FullDisk implements RecordFile {
    private final RecordFile file;
    private volatile boolean isFull;

    FullDisk(RecordFile file) {
        this.file = file;
    }

    void fills() {
        isFull = true;
    }

    void empties() {
        isFull = false;
    }

    @Override
    public void append(byte[] line) throws IOException {
        if (!isFull) {
            file.append(line);
            return;
        }
        file.append(Arrays.copyOf(line, line.length / 2));
        file.sync();
        throw new IOException("no space left on device");
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public void truncate(long length) throws IOException {
        file.truncate(length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
