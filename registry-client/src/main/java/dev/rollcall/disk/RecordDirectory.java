package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** A directory of files that survive a crash, used by one process. Thread-safe, if each file is used by one thread. */
public interface RecordDirectory extends Closeable {
    /** Opens a file at its end, or creates it and syncs its name. The caller closes it. */
    RecordFile open(String name) throws IOException;

    /** Opens a file for reading from its beginning; empty if it does not exist. The caller closes it. */
    Optional<InputStream> read(String name) throws IOException;

    /** Returns the names of its files, without the claim's. */
    Set<String> names() throws IOException;

    /** Returns the length of a file in bytes; 0 if it does not exist. */
    long length(String name) throws IOException;

    /**
     * Maps the first bytes of a file to memory. What is written there survives the process at once, a power loss some
     * time later. A new or shorter file is filled with zeros. The mapping must not be used after the file is deleted.
     */
    ByteBuffer map(String name, int bytes) throws IOException;

    /** Renames a file atomically, replacing the file of that name. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file, if it exists and the directory is still in place. */
    void delete(String name) throws IOException;

    /**
     * Checks that the directory and the files open in it are where they were opened.
     *
     * @throws DirectoryGoneException if one was deleted, moved or replaced, so that what is written is lost
     */
    default void verify() throws IOException {}

    /** Like {@link #verify}, but at most every half second while all is well: for each commit. */
    default void verifyIfDue() throws IOException {}

    /** Returns when the current names of the files are on disk. */
    void sync() throws IOException;
}
