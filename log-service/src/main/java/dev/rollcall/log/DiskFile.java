package dev.rollcall.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A {@link RecordFile} on disk that only its owner can read, and only one process writes.
 *
 * <p>Its thread must never be interrupted: that would close the channel.
 */
final class DiskFile implements RecordFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int BUFFER_BYTES = 256 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long written;

    private DiskFile(FileChannel channel, long length) {
        this.channel = channel;
        this.written = length;
    }

    /**
     * Opens a file in a directory, making it (0600) and the directory (0700) if they aren't there.
     *
     * @throws IOException if that fails, or if another process has it
     */
    static DiskFile open(Path directory, String name) throws IOException {
        var path = directory.resolve(name);
        var isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        // given at the making, so that there is no moment in which others could open it
        Files.createDirectories(directory, attributes(isPosix, OWNER_ONLY_DIRECTORY));
        var channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes(isPosix, OWNER_ONLY));
        try {
            claim(channel, path);
            if (isPosix) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
                syncDirectory(directory);
            }
            return new DiskFile(channel, channel.position(channel.size()).position());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void append(byte[] line) throws IOException {
        var done = 0;
        while (done < line.length) {
            var part = Math.min(line.length - done, buffer.remaining());
            buffer.put(line, done, part);
            done += part;
            if (!buffer.hasRemaining()) {
                write();
            }
        }
    }

    @Override
    public void sync() throws IOException {
        write();
        channel.force(false);
    }

    @Override
    public long length() {
        return written + buffer.position();
    }

    @Override
    public void truncate(long length) throws IOException {
        buffer.clear();
        channel.truncate(length);
        channel.position(length);
        written = length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
        } finally {
            buffer.clear();
        }
    }

    private static void claim(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it; told below, together with others
        }
        throw new IOException(path + " is in use by another log service");
    }

    /** A new file's name is on disk only when its directory is. */
    private static void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(boolean isPosix, Set<PosixFilePermission> permissions) {
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
