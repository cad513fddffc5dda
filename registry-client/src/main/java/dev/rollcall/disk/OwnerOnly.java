package dev.rollcall.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Permissions for the owner only, where the file system has them. Set on creation, so that no other opens the file. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Opens a file for writing, or creates it; either way only the owner can read it from now on. */
    static FileChannel open(Path path) throws IOException {
        return open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Creates an empty file; fails if it exists. */
    static void create(Path path) throws IOException {
        Files.createFile(path, attributes(path, FILE));
    }

    /** Like {@link #open(Path)}, for reading as well. */
    static FileChannel openReadWrite(Path path) throws IOException {
        return open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ));
    }

    private static FileChannel open(Path path, Set<StandardOpenOption> options) throws IOException {
        var channel = FileChannel.open(path, options, attributes(path, FILE));
        try {
            if (isPosix(path)) {
                Files.setPosixFilePermissions(path, FILE);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the attributes for creating a directory. */
    static FileAttribute<?>[] directory(Path path) {
        return attributes(path, DIRECTORY);
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
