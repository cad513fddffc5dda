package dev.rollcall.log.store;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The records, and who has sent them. Thread-safe. */
public final class LogStore implements AutoCloseable {
    private final RecordDirectory directory;
    private final Segments segments;
    private final Ledger ledger;
    private final Writing writing;
    private final GroupCommit commit;
    private final Housekeeper housekeeper;

    private LogStore(RecordDirectory directory, StoreSettings settings, Opening.Opened opened, InstantSource clock) {
        this.directory = directory;
        this.segments = opened.segments();
        this.ledger = opened.ledger();
        this.writing = new Writing(directory, settings, segments, ledger);
        var ages = new AgeClock(clock, System::nanoTime, segments.lastClosed());
        this.commit = new GroupCommit(writing, clock, ages, settings.waitingBytesMax(), this::wakeHousekeeper);
        var sealing = new Sealing(directory, new Manners(() -> commit.waitingBytes() > 0));
        this.housekeeper = new Housekeeper(new Housekeeping(directory, settings, segments, sealing), ages);
    }

    /**
     * Opens the store in a directory, or begins one. What a crash left half-written is cut off.
     *
     * @throws IOException if the directory can't be used, or another process uses it
     */
    public static LogStore open(Path path, StoreSettings settings, InstantSource clock) throws IOException {
        return open(DiskDirectory.claim(path), settings, clock);
    }

    /** Opens the store in a directory that is this process's own, and closes it with the store. */
    public static LogStore open(RecordDirectory directory, StoreSettings settings, InstantSource clock)
            throws IOException {
        try {
            var opened = new Opening(directory, settings, clock.instant()).open();
            var store = new LogStore(directory, settings, opened, clock);
            store.commit.start();
            store.housekeeper.start();
            return store;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Stores records; the stage completes when they are on disk, or are known not to be. */
    public CompletionStage<Receipt> append(Submission submission) {
        return commit.append(submission);
    }

    /** Has the listener told, by a thread that it must not block, whenever something was stored. */
    public void onCommit(Runnable listener) {
        commit.onCommit(listener);
    }

    /** What is stored now, for reading. The caller closes it. */
    public StoreView view() {
        return segments.view();
    }

    /** What has come from whom. */
    public List<ProducerAccount> producers() {
        return ledger.accounts();
    }

    /** How large the store is. */
    public StoreStats stats() {
        var closed = segments.closed();
        var raw = closed.stream().filter(segment -> segment.form() == Form.RAW).count();
        return new StoreStats(
                writing.records(),
                writing.bytes(),
                writing.groups(),
                closed.size() + 1,
                (int) raw,
                segments.fileBytes(),
                commit.waitingBytes());
    }

    /** Why the store is unwell; nothing if it is well. */
    public List<String> doubts() {
        var doubts = new ArrayList<String>();
        var failure = commit.failure();
        if (!failure.isEmpty()) {
            doubts.add("the disk takes no records: " + failure);
        }
        if (housekeeper.isFailing()) {
            doubts.add("segments can't be compressed or deleted");
        }
        segments.damage().doubt().ifPresent(doubts::add);
        return doubts;
    }

    /** Writes what waits, and lets go of the directory. */
    @Override
    public void close() throws IOException {
        try {
            commit.close();
            housekeeper.close();
            segments.active().close();
        } finally {
            directory.close();
        }
    }

    private void wakeHousekeeper() {
        housekeeper.wake();
    }
}
