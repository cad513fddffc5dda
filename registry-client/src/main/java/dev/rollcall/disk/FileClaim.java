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
 * that this JVM has locked must not be opened, not even to check the lock. The JVM's locks are recorded in its system
 * properties, by the file's identity and not its path: all class loaders share them, whereas a static field exists once
 * per loader.
 */
final class FileClaim implements Closeable {
    /** Not a package name, which a shading tool would change along with the package. */
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
     * Locks a file, and creates it if missing.
     *
     * @return empty if this or another process has locked it
     * @throws IOException if it can't be created or opened
     */
    static Optional<FileClaim> tryClaim(Path file) throws IOException {
        synchronized (MONITOR) {
            for (var i = 0; i < ATTEMPTS_MAX; i++) {
                create(file);
                var identity = identity(file);
                if (identity == null) {
                    // its owner has just deleted it
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
                // the locked file was deleted before, and another may have replaced it
                channel.close();
            }
            return Optional.empty();
        }
    }

    /** Returns the identity of the file at a path, whatever the spelling of the path; null if there is none. */
    static @Nullable String identity(Path file) throws IOException {
        try {
            var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toRealPath().toString() : key.toString();
        } catch (NoSuchFileException e) {
            return null;
        }
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
            // locked next
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // locked by an earlier version of this library, which doesn't record its locks
            return false;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
