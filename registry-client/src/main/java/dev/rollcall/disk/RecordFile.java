package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** A file that records are appended to. One thread writes. */
public interface RecordFile extends Closeable {
    /**
     * Appends a record; it is on disk after the next {@link #sync}.
     *
     * @throws IOException if the disk doesn't take it; a part of it may stay, until it is taken back by
     *     {@link #truncate}
     */
    void append(byte[] record) throws IOException;

    /** Appends the bytes from {@code from} to before {@code to}, like {@link #append(byte[])}. */
    default void append(byte[] bytes, int from, int to) throws IOException {
        append(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Gives what was appended to the operating system: it outlives the process then, but not the power.
     *
     * @throws IOException if the disk doesn't take it; what was appended since the last flush or sync is to be taken
     *     back then
     */
    void flush() throws IOException;

    /**
     * Returns when all that was appended is on disk.
     *
     * @throws IOException if it isn't. What was appended since the last sync is to be taken back then: another sync may
     *     succeed although it never reached the disk
     */
    void sync() throws IOException;

    /** How much has been appended, in bytes. */
    long length();

    /** Takes back what was appended beyond a length; for good after the next {@link #sync}. */
    void truncate(long length) throws IOException;
}
