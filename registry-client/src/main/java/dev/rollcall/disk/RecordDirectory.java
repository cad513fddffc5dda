package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of files that outlive a crash, used by one process at a time. Thread-safe, as long as each file is one
 * thread's business.
 */
public interface RecordDirectory extends Closeable {
    /** Opens a file at its end, or makes it, after which its name is on disk. The caller closes it. */
    RecordFile open(String name) throws IOException;

    /** What a file says from its beginning; empty if there is no such file. The caller closes it. */
    Optional<InputStream> read(String name) throws IOException;

    /** The names of its files; the claim is none of them. */
    Set<String> names() throws IOException;

    /** How long a file is, in bytes; 0 if there is no such file. */
    long length(String name) throws IOException;

    /**
     * The first bytes of a file as memory: what is written there outlives the process at once, the power some time
     * later. A file that is new or shorter is filled with zeros. To be forgotten before the file is deleted.
     */
    ByteBuffer map(String name, int bytes) throws IOException;

    /** Gives a file another name, in place of the file that has it: whoever looks finds the one or the other. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file, if there is one and the directory is still there. */
    void delete(String name) throws IOException;

    /**
     * Checks that the directory and the files that are open in it are where they were opened.
     *
     * @throws DirectoryGoneException if one was deleted, moved or replaced, so that what is written is lost
     */
    default void verify() throws IOException {}

    /** Like {@link #verify}, but at most every half second while all is well: for each commit. */
    default void verifyNowAndThen() throws IOException {}

    /** Returns when the names of the files are on disk, as they are now. */
    void sync() throws IOException;
}
