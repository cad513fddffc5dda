package dev.rollcall.log.store;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The stored records and the accounts of their producers. Thread-safe. */
public final class LogStore implements AutoCloseable {
    private final RecordDirectory directory;
    private final Segments segments;
    private final SequenceLedger ledger;
    private final StoreWriter writer;
    private final GroupCommit commit;
    private final RetentionThread retentionThread;

    private LogStore(
            RecordDirectory directory, StoreSettings settings, StoreRecovery.Opened opened, InstantSource clock) {
        this.directory = directory;
        this.segments = opened.segments();
        this.ledger = opened.ledger();
        this.writer = new StoreWriter(directory, settings, segments, ledger);
        var ageClock = new AgeClock(clock, System::nanoTime, segments.lastClosed());
        this.commit = new GroupCommit(writer, clock, ageClock, settings.pendingBytesMax(), this::wakeRetention);
        var sealing = new Sealing(directory, () -> commit.pendingBytes() > 0);
        this.retentionThread = new RetentionThread(new Retention(directory, settings, segments, sealing), ageClock);
    }

    /**
     * Opens or creates the store in a directory. Cuts off what a crash left incomplete.
     *
     * @throws IOException if the directory can't be used, or another process uses it
     */
    public static LogStore open(Path path, StoreSettings settings, InstantSource clock) throws IOException {
        return open(DiskDirectory.claim(path), settings, clock);
    }

    /** Opens the store in a directory that this process has claimed; closing the store closes the directory. */
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
    public CompletionStage<AppendResult> append(AppendRequest request) {
        return commit.append(request);
    }

    /** Adds a listener that is called after each stored group, by a thread that it must not block. */
    public void onCommit(Runnable listener) {
        commit.onCommit(listener);
    }

    /** Returns what is stored now, for reading. The caller closes it. */
    public StoreView view() {
        return segments.view();
    }

    /** Returns the accounts of all known producers. */
    public List<ProducerAccount> producers() {
        return ledger.accounts();
    }

    public StoreStats stats() {
        var closed = segments.closed();
        var raw = closed.stream()
                .filter(segment -> segment.form() == SegmentForm.RAW)
                .count();
        return new StoreStats(
                writer.records(),
                writer.bytes(),
                writer.groups(),
                closed.size() + 1,
                (int) raw,
                segments.fileBytes(),
                commit.pendingBytes());
    }

    /** Returns why the store is unhealthy; empty if it is healthy. */
    public List<String> healthReasons() {
        var reasons = new ArrayList<String>();
        var failure = commit.failure();
        if (!failure.isEmpty()) {
            reasons.add("records can't be written to disk: " + failure);
        }
        if (retentionThread.isFailing()) {
            reasons.add("segments can't be compressed or deleted");
        }
        segments.corruption().healthReason().ifPresent(reasons::add);
        return reasons;
    }

    /** Writes what is pending and releases the directory. */
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

    private void wakeRetention() {
        retentionThread.wake();
    }
}
