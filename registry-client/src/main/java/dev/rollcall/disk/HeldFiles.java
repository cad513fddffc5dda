package dev.rollcall.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Files in use, and whether their paths still lead to them. An open file stays writable after its path was deleted,
 * renamed or mounted over, so only a comparison of identities reveals that. Thread-safe.
 */
final class HeldFiles {
    /** Half the time that a deletion may go unnoticed; a check costs some microseconds per file. */
    static final long INTERVAL_NANOS = 500_000_000;

    private final Map<Path, String> identities = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile long verifiedNanos;
    private volatile boolean isGone;

    HeldFiles(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.verifiedNanos = nanoTime.getAsLong();
    }

    /** Remembers the file at a path, in place of the one before; none if the path has no file. */
    void hold(Path file) throws IOException {
        var identity = FileClaim.identity(file);
        if (identity == null) {
            identities.remove(file);
        } else {
            identities.put(file, identity);
        }
    }

    void release(Path file) {
        identities.remove(file);
    }

    /** Whether a path leads to the remembered file. */
    boolean isInPlace(Path file) throws IOException {
        var held = identities.get(file);
        return held == null || held.equals(FileClaim.identity(file));
    }

    /**
     * Checks all files.
     *
     * @throws DirectoryGoneException if a path leads to no file or another one
     */
    void verify() throws IOException {
        isGone = true;
        for (var file : identities.keySet()) {
            if (!isInPlace(file)) {
                throw new DirectoryGoneException(file);
            }
        }
        verifiedNanos = nanoTime.getAsLong();
        isGone = false;
    }

    /** Checks all files, if the last check was half a second ago or failed. */
    void verifyIfDue() throws IOException {
        if (isGone || nanoTime.getAsLong() - verifiedNanos >= INTERVAL_NANOS) {
            verify();
        }
    }
}
