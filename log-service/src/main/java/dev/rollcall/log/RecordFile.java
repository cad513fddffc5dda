package dev.rollcall.log;

import java.io.Closeable;
import java.io.IOException;

/** The file that records are appended to. One thread writes. */
interface RecordFile extends Closeable {
    /** Appends a line; it is on disk after the next {@link #sync}. */
    void append(byte[] line) throws IOException;

    /** Returns when all that was appended is on disk. */
    void sync() throws IOException;

    /** How much has been appended, in bytes. */
    long length();

    /** Takes back what was appended beyond a length. */
    void truncate(long length) throws IOException;
}
