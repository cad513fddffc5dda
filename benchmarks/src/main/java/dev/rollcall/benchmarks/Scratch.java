package dev.rollcall.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A temporary directory for a process's files. Deleted at {@link #close}, and with this process at the latest, also
 * when a signal ends it.
 */
final class Scratch implements AutoCloseable {
    private static final int TRIES = 100;
    private static final long AGAIN_MILLIS = 20;

    private final Path path;
    private final Thread hook = new Thread(this::delete);

    private Scratch(Path path) {
        this.path = path;
    }

    static Scratch of(String name) throws IOException {
        var scratch = new Scratch(Files.createTempDirectory("rollcall-" + name));
        try {
            Runtime.getRuntime().addShutdownHook(scratch.hook);
            return scratch;
        } catch (IllegalStateException e) {
            scratch.delete();
            throw new IOException("this process is ending", e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            delete();
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }

    /** Retries until it succeeds: a process that writes into it may be ending at the same time. */
    private void delete() {
        try {
            for (var i = 0; i < TRIES && !isDeleted(); i++) {
                Pause.millis(AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(path)) {
            System.err.println("left behind: " + path);
        }
    }

    private boolean isDeleted() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
