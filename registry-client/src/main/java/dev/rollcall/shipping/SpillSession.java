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
 * The directory of one process's session: its origin, its counters, its spill. One process at a time can claim it; a
 * successful claim of another's shows that its process has ended.
 */
final class SpillSession {
    /** Begins with the time, so that names sort by age. */
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{9}-([0-9a-f-]{36})");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ORIGIN = "origin.json";
    private static final String COUNTERS = "tally";
    private static final long FILE_BYTES_MAX = 4 << 20;
    private static final int FILES_MIN = 16;

    private final DiskDirectory directory;
    private final SequenceCounters sequenceCounters;
    private final RunOutbox runOutbox;

    private SpillSession(DiskDirectory directory, SequenceCounters sequenceCounters, RunOutbox runOutbox) {
        this.directory = directory;
        this.sequenceCounters = sequenceCounters;
        this.runOutbox = runOutbox;
    }

    static boolean isName(Path directory) {
        return NAME.matcher(String.valueOf(directory.getFileName())).matches();
    }

    /** Creates this process's session. */
    static SpillSession create(Path root, ProducerOrigin producerOrigin, long spillBytesMax, InstantSource clock)
            throws IOException {
        var name = TIME.format(clock.instant()) + "-" + producerOrigin.producer();
        var directory = DiskDirectory.claim(root.resolve(name));
        try {
            write(directory, producerOrigin);
            var sequenceCounters = new SequenceCounters(directory.map(COUNTERS, SequenceCounters.BYTES));
            // enough files that dropping the oldest drops little
            var fileBytesMax = Math.min(FILE_BYTES_MAX, spillBytesMax / FILES_MIN);
            var spill = Spill.open(directory, fileBytesMax);
            return new SpillSession(
                    directory,
                    sequenceCounters,
                    RunOutbox.forCurrentRun(producerOrigin, sequenceCounters, spill, clock));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Adopts a session whose process has ended; empty if it runs, or another process has adopted the session. */
    static Optional<SpillSession> adopt(Path path, InstantSource clock) throws IOException {
        if (!Files.exists(path.resolve(ORIGIN))) {
            // a process is about to create it, and must not find it claimed
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
            var sequenceCounters = new SequenceCounters(directory.map(COUNTERS, SequenceCounters.BYTES));
            var spill = Spill.open(directory, FILE_BYTES_MAX);
            return Optional.of(new SpillSession(
                    directory,
                    sequenceCounters,
                    RunOutbox.forEndedRun(originOf(directory, path), sequenceCounters, spill, clock)));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    SequenceCounters counters() {
        return sequenceCounters;
    }

    RunOutbox outbox() {
        return runOutbox;
    }

    /** Whether all its records were acknowledged. */
    boolean isShipped() {
        return sequenceCounters.acknowledged() >= sequenceCounters.produced();
    }

    /** Leaves the session to the next start. */
    void close() throws IOException {
        try {
            runOutbox.close();
        } finally {
            directory.close();
        }
    }

    /** Releases the claim, unless that is done already. */
    void release() {
        try {
            directory.close();
        } catch (IOException e) {
            // the claim ends with the process
        }
    }

    /** Deletes the session. */
    void discard() throws IOException {
        try {
            runOutbox.close();
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

    private static void write(RecordDirectory directory, ProducerOrigin producerOrigin) throws IOException {
        try (var file = directory.open(ORIGIN)) {
            file.append(Json.bytes(producerOrigin));
            file.sync();
        }
    }

    private static ProducerOrigin originOf(RecordDirectory directory, Path path) throws IOException {
        var content = directory.read(ORIGIN);
        if (content.isPresent()) {
            try (var in = content.get()) {
                return Json.read(in.readAllBytes(), ProducerOrigin.class);
            } catch (MalformedJsonException e) {
                // the power failed while it was written
            }
        }
        return new ProducerOrigin(producerOf(path), "", "");
    }

    private static String producerOf(Path path) {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException(path + " is no session's directory");
        }
        return name.group(1);
    }
}
