package dev.rollcall.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, held by one owner in one process. Thread-safe.
 *
 * <p>POSIX drops all locks of a process on a file as soon as the process closes any descriptor of that file. So a file
 * that this JVM has locked must not be opened, not even to find out that it is locked. What the JVM has locked stands in
 * its system properties, by the file's identity and not its path: all class loaders share them, whereas a static field
 * is there once for each loader.
 */
final class FileClaim implements Closeable {
    /** No package's name, which a shading tool would change along with the package. */
    private static final String PROPERTY = "rollcall-claim ";

    /** A literal is one object for all class loaders, as the properties are. */
    private static final Object MONITOR = "rollcall-claims";

    private static final int ATTEMPTS_MAX = 10;

    private final FileChannel channel;
    private final String identity;

    private FileClaim(FileChannel channel, String identity) {
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Locks a file, making it if it isn't there.
     *
     * @return empty if it is locked already, by this process or another one
     * @throws IOException if it can't be made or opened
     */
    static Optional<FileClaim> tryClaim(Path file) throws IOException {
        synchronized (MONITOR) {
            for (var i = 0; i < ATTEMPTS_MAX; i++) {
                create(file);
                var identity = identity(file);
                if (identity == null) {
                    // its owner has deleted it in this moment
                    continue;
                }
                if (System.getProperty(PROPERTY + identity) != null) {
                    return Optional.empty();
                }
                var channel = OwnerOnly.open(file);
                if (!isLocked(channel)) {
                    channel.close();
                    return Optional.empty();
                }
                if (identity.equals(identity(file))) {
                    System.setProperty(PROPERTY + identity, file.toString());
                    return Optional.of(new FileClaim(channel, identity));
                }
                // locked is a file that was deleted before it was locked, and another may be in its place
                channel.close();
            }
            return Optional.empty();
        }
    }

    /** Tells which file is at a path, whatever the spelling of the path; null if there is none. */
    static @Nullable String identity(Path file) throws IOException {
        try {
            var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toRealPath().toString() : key.toString();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The file's identity. */
    String identity() {
        return identity;
    }

    @Override
    public void close() throws IOException {
        synchronized (MONITOR) {
            if (channel.isOpen()) {
                channel.close();
                System.clearProperty(PROPERTY + identity);
            }
        }
    }

    private static void create(Path file) throws IOException {
        try {
            OwnerOnly.create(file);
        } catch (FileAlreadyExistsException e) {
            // to be locked, then
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // by an earlier version of this library, which doesn't note what it locks
            return false;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
