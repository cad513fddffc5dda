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
    private final SequenceLedger sequenceLedger;
    private final StoreWriter storeWriter;
    private final GroupCommit commit;
    private final RetentionThread retentionThread;

    private LogStore(
            RecordDirectory directory, StoreSettings settings, StoreRecovery.Opened opened, InstantSource clock) {
        this.directory = directory;
        this.segments = opened.segments();
        this.sequenceLedger = opened.ledger();
        this.storeWriter = new StoreWriter(directory, settings, segments, sequenceLedger);
        var ages = new AgeClock(clock, System::nanoTime, segments.lastClosed());
        this.commit = new GroupCommit(storeWriter, clock, ages, settings.pendingBytesMax(), this::wakeHousekeeper);
        var sealing = new Sealing(directory, new BackgroundThrottle(() -> commit.pendingBytes() > 0));
        this.retentionThread = new RetentionThread(new Retention(directory, settings, segments, sealing), ages);
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
            var opened = new StoreRecovery(directory, settings, clock.instant()).open();
            var store = new LogStore(directory, settings, opened, clock);
            store.commit.start();
            store.retentionThread.start();
            return store;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Stores records; the stage completes when they are on disk, or are known not to be. */
    public CompletionStage<AppendResult> append(AppendRequest appendRequest) {
        return commit.append(appendRequest);
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
        return sequenceLedger.accounts();
    }

    /** How large the store is. */
    public StoreStats stats() {
        var closed = segments.closed();
        var raw = closed.stream()
                .filter(segment -> segment.form() == SegmentForm.RAW)
                .count();
        return new StoreStats(
                storeWriter.records(),
                storeWriter.bytes(),
                storeWriter.groups(),
                closed.size() + 1,
                (int) raw,
                segments.fileBytes(),
                commit.pendingBytes());
    }

    /** Why the store is unwell; nothing if it is well. */
    public List<String> healthReasons() {
        var doubts = new ArrayList<String>();
        var failure = commit.failure();
        if (!failure.isEmpty()) {
            doubts.add("the disk takes no records: " + failure);
        }
        if (retentionThread.isFailing()) {
            doubts.add("segments can't be compressed or deleted");
        }
        segments.corruption().healthReason().ifPresent(doubts::add);
        return doubts;
    }

    /** Writes what waits, and lets go of the directory. */
    @Override
    public void close() throws IOException {
        try {
            commit.close();
            retentionThread.close();
            segments.active().close();
        } finally {
            directory.close();
        }
    }

    private void wakeHousekeeper() {
        retentionThread.wake();
    }
}
