package dev.rollcall.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link RecordDirectory} on disk. Creates directories (0700) and files (0600) for their owner only.
 *
 * <p>The claim is a {@link FileClaim} of a file without any other purpose. Thread-safe.
 */
public final class DiskDirectory implements RecordDirectory {
    private static final String CLAIM = "lock";

    private final Path path;
    private final FileClaim claim;
    private final HeldFiles held = new HeldFiles(System::nanoTime);

    private DiskDirectory(Path path, FileClaim claim) {
        this.path = path;
        this.claim = claim;
    }

    /**
     * Claims a directory for this process, and creates it if missing. An existing one keeps its permissions.
     *
     * @throws IOException if that fails, or if this or another process has claimed the directory
     */
    public static DiskDirectory claim(Path path) throws IOException {
        create(path.toAbsolutePath());
        var claim = FileClaim.tryClaim(path.resolve(CLAIM))
                .orElseThrow(() -> new IOException(path + " is in use by another process"));
        var directory = new DiskDirectory(path, claim);
        try {
            directory.hold(CLAIM);
            return directory;
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    @Override
    public RecordFile open(String name) throws IOException {
        requireClaimed();
        var file = DiskFile.open(path.resolve(name), () -> release(name));
        try {
            hold(name);
            sync();
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Optional<InputStream> read(String name) throws IOException {
        try {
            return Optional.of(Files.newInputStream(path.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<String> names() throws IOException {
        try (var paths = Files.list(path)) {
            return paths.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .filter(name -> !name.equals(CLAIM))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public long length(String name) throws IOException {
        try {
            return Files.size(path.resolve(name));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public ByteBuffer map(String name, int bytes) throws IOException {
        requireClaimed();
        try (var channel = OwnerOnly.openReadWrite(path.resolve(name))) {
            // written and not only extended: a sparse file that the disk has no room for would crash the process later
            if (channel.size() < bytes) {
                var zeros = ByteBuffer.allocate(bytes - (int) channel.size());
                channel.position(channel.size());
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
            }
            return channel.map(MapMode.READ_WRITE, 0, bytes);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        requireClaimed();
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes nothing in another directory that has replaced this one. */
    @Override
    public void delete(String name) throws IOException {
        if (isClaimed()) {
            Files.deleteIfExists(path.resolve(name));
        }
    }

    @Override
    public void verify() throws IOException {
        held.verify();
    }

    @Override
    public void verifyIfDue() throws IOException {
        held.verifyIfDue();
    }

    /**
     * Makes {@link #verify} compare the file at the path now with the one at that time. Files opened by this class need
     * no call; this is for files that another library writes.
     */
    public void hold(String name) throws IOException {
        held.hold(path.resolve(name));
    }

    /** Ends the effect of {@link #hold}. */
    public void release(String name) {
        held.release(path.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        sync(path);
    }

    /** Releases the claim. */
    @Override
    public void close() throws IOException {
        claim.close();
    }

    /**
     * Deletes the directory with all its files, and releases the claim. Subdirectories prevent that. A directory that
     * is gone or was replaced is only released.
     */
    public void discard() throws IOException {
        try {
            if (!isClaimed()) {
                return;
            }
            for (var name : names()) {
                delete(name);
            }
            // while locked: a process that locks the deleted file later notices that
            delete(CLAIM);
        } finally {
            claim.close();
        }
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // another process has just claimed it, and deletes it when it finds nothing in it
        }
    }

    private boolean isClaimed() throws IOException {
        return held.isInPlace(path.resolve(CLAIM));
    }

    private void requireClaimed() throws IOException {
        if (!isClaimed()) {
            throw new DirectoryGoneException(path.resolve(CLAIM));
        }
    }

    private static void create(Path path) throws IOException {
        var parents = new ArrayList<Path>();
        for (var each = path; each != null && !Files.exists(each); each = each.getParent()) {
            Optional.ofNullable(each.getParent()).ifPresent(parents::add);
        }
        Files.createDirectories(path, OwnerOnly.directory(path));
        syncAll(parents);
    }

    private static void syncAll(List<Path> directories) throws IOException {
        for (var directory : directories) {
            sync(directory);
        }
    }

    /** Syncs a directory. Only POSIX allows opening one; elsewhere a name is on disk with its file. */
    private static void sync(Path directory) throws IOException {
        if (OwnerOnly.isPosix(directory)) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
