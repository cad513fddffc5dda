package dev.rollcall.log;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordFile;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records, in one append-only file of one JSON object a line. Thread-safe. */
final class LogStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);
    private static final String FILE = "records.ndjson";
    private static final long WAITING_BYTES_MAX = 16 << 20;
    private static final int PRODUCERS_MAX = 10_000;

    private final Path path;
    private final Ledger ledger;
    private final GroupCommit commit;
    private final Closeable directory;

    private LogStore(Path path, Ledger ledger, GroupCommit commit, Closeable directory) {
        this.path = path;
        this.ledger = ledger;
        this.commit = commit;
        this.directory = directory;
    }

    /**
     * Opens the store in a directory, or begins one. What a crash left half-written is cut off.
     *
     * @throws IOException if the directory can't be used, or another process uses it
     */
    static LogStore open(Path directory, InstantSource clock) throws IOException {
        var claimed = DiskDirectory.claim(directory);
        try {
            var file = claimed.open(FILE);
            return open(directory.resolve(FILE), file, claimed, clock);
        } catch (IOException | RuntimeException e) {
            claimed.close();
            throw e;
        }
    }

    private static LogStore open(Path path, RecordFile file, Closeable directory, InstantSource clock)
            throws IOException {
        try {
            var recovery = recover(path, file);
            var ledger = new Ledger(recovery.producers(), PRODUCERS_MAX);
            return begin(path, file, directory, ledger, clock);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** A store on a file that is good, in a directory that no other process has. */
    static LogStore begin(Path path, RecordFile file, Closeable directory, Ledger ledger, InstantSource clock) {
        var commit = new GroupCommit(file, ledger, clock, WAITING_BYTES_MAX);
        commit.start();
        return new LogStore(path, ledger, commit, directory);
    }

    /** Stores records; the stage completes when they are on disk, or are known not to be. */
    CompletionStage<Receipt> append(Submission submission) {
        return commit.append(submission);
    }

    /**
     * Writes the newest records that match, the newest last. Memory doesn't grow with what is found.
     *
     * @throws IOException if the file can't be read, or {@code out} can't be written
     */
    void newest(LogQuery query, LogFormat format, OutputStream out) throws IOException {
        try (var lines = Lines.of(path, commit.goodLength())) {
            var found = find(query, lines);
            format.begin(out);
            for (var i = 0; i < found.size(); i++) {
                format.write(lines.read(found.get(i)), i == 0, out);
            }
            format.end(out);
        }
    }

    /** What has come from whom. */
    List<ProducerAccount> producers() {
        return ledger.accounts();
    }

    /** Why the store is unwell; nothing if it is well. */
    List<String> doubts() {
        return commit.isFailing() ? List.of("the disk takes no records") : List.of();
    }

    /** Writes what waits, and lets go of the directory. */
    @Override
    public void close() throws IOException {
        try {
            commit.close();
        } finally {
            directory.close();
        }
    }

    private static List<Extent> find(LogQuery query, Lines lines) throws IOException {
        var found = new ArrayList<Extent>();
        while (found.size() < query.limit()) {
            var line = lines.previous();
            if (line.isEmpty()) {
                break;
            }
            if (query.isOfAll() || matches(query, lines.read(line.get()))) {
                found.add(line.get());
            }
        }
        Collections.reverse(found);
        return found;
    }

    private static boolean matches(LogQuery query, byte[] line) {
        try {
            return query.matches(Json.read(line, LogRecord.class));
        } catch (MalformedJsonException e) {
            // somebody's doing, not ours; it meets no condition
            return false;
        }
    }

    private static Recovery recover(Path path, RecordFile file) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var recovery = Recovery.of(in, file.length(), WAITING_BYTES_MAX);
            var torn = file.length() - recovery.goodLength();
            if (torn > 0) {
                LOG.atWarn().addKeyValue("bytes", torn).log("what was written last is broken and was cut off");
                file.truncate(recovery.goodLength());
                file.sync();
            }
            return recovery;
        }
    }
}
