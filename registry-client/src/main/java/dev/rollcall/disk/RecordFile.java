package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** A file that records are appended to. One thread writes. */
public interface RecordFile extends Closeable {
    /**
     * Appends a record, which is on disk after the next {@link #sync}.
     *
     * @throws IOException if the disk does not take it; a part of it may stay until {@link #truncate}
     */
    void append(byte[] record) throws IOException;

    /** Appends the bytes from {@code from} to before {@code to}, like {@link #append(byte[])}. */
    default void append(byte[] bytes, int from, int to) throws IOException {
        append(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Hands appended bytes to the operating system: they survive the process, but not a power loss.
     *
     * @throws IOException if the disk does not take them; the bytes appended since the last flush or sync must be
     *     truncated
     */
    void flush() throws IOException;

    /**
     * Returns when everything appended is on disk.
     *
     * @throws IOException if it isn't. The bytes appended since the last sync must be truncated: another sync may
     *     succeed although they never reached the disk
     */
    void sync() throws IOException;

    /** Returns the length in bytes, what is not yet flushed included. */
    long length();

    /** Removes what was appended beyond a length; permanently after the next {@link #sync}. */
    void truncate(long length) throws IOException;
}
