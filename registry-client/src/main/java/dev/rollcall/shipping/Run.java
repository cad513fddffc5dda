package dev.rollcall.shipping;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One run's directory: whose it is, its tally, its spill. Claimed by one process at a time; who can claim it knows that
 * the run has ended.
 */
final class Run {
    /** Begins with the time, so that the names' order is the runs'. */
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{9}-([0-9a-f-]{36})");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ORIGIN = "origin.json";
    private static final String TALLY = "tally";
    private static final long FILE_BYTES_MAX = 4 << 20;
    private static final int FILES_MIN = 16;

    private final DiskDirectory directory;
    private final Tally tally;
    private final Backlog backlog;

    private Run(DiskDirectory directory, Tally tally, Backlog backlog) {
        this.directory = directory;
        this.tally = tally;
        this.backlog = backlog;
    }

    static boolean isName(Path directory) {
        return NAME.matcher(String.valueOf(directory.getFileName())).matches();
    }

    /** Begins this process's run. */
    static Run begin(Path root, Origin origin, long spillBytesMax, InstantSource clock) throws IOException {
        var name = TIME.format(clock.instant()) + "-" + origin.producer();
        var directory = DiskDirectory.claim(root.resolve(name));
        try {
            write(directory, origin);
            var tally = new Tally(directory.map(TALLY, Tally.BYTES));
            // so many files that giving up the oldest gives up little
            var fileBytesMax = Math.min(FILE_BYTES_MAX, spillBytesMax / FILES_MIN);
            var spill = Spill.in(directory, fileBytesMax);
            return new Run(directory, tally, Backlog.of(origin, tally, spill, clock));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Takes over a run that has ended; empty if it hasn't, or somebody else has taken it over. */
    static Optional<Run> takeOver(Path path, InstantSource clock) throws IOException {
        if (!Files.exists(path.resolve(ORIGIN))) {
            // a process is about to begin it: it must not find it claimed
            return Optional.empty();
        }
        Optional<DiskDirectory> claimed = claim(path);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        var directory = claimed.get();
        try {
            if (!Files.exists(path.resolve(ORIGIN))) {
                // its process has deleted it since
                directory.discard();
                return Optional.empty();
            }
            var tally = new Tally(directory.map(TALLY, Tally.BYTES));
            var spill = Spill.in(directory, FILE_BYTES_MAX);
            return Optional.of(new Run(directory, tally, Backlog.left(originOf(directory, path), tally, spill, clock)));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Tally tally() {
        return tally;
    }

    Backlog backlog() {
        return backlog;
    }

    /** Whether it was shipped to its last record. */
    boolean isShipped() {
        return tally.acknowledged() >= tally.produced();
    }

    /** Leaves it to the next start. */
    void leave() throws IOException {
        try {
            backlog.close();
        } finally {
            directory.close();
        }
    }

    /** Gives up the claim, if it isn't given up yet. */
    void release() {
        try {
            directory.close();
        } catch (IOException e) {
            // it ends with the process
        }
    }

    /** Deletes it. */
    void discard() throws IOException {
        try {
            backlog.close();
        } finally {
            directory.discard();
        }
    }

    private static Optional<DiskDirectory> claim(Path path) {
        try {
            return Optional.of(DiskDirectory.claim(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(RecordDirectory directory, Origin origin) throws IOException {
        try (var file = directory.open(ORIGIN)) {
            file.append(Json.bytes(origin));
            file.sync();
        }
    }

    private static Origin originOf(RecordDirectory directory, Path path) throws IOException {
        var content = directory.read(ORIGIN);
        if (content.isPresent()) {
            try (var in = content.get()) {
                return Json.read(in.readAllBytes(), Origin.class);
            } catch (MalformedJsonException e) {
                // the power failed while it was written
            }
        }
        return new Origin(producerOf(path), "", "");
    }

    private static String producerOf(Path path) {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException(path + " is no run's directory");
        }
        return name.group(1);
    }
}
