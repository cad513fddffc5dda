package dev.rollcall.registry.journal;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollReplay;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.registry.journal.RollRecovery.Corruption;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The roll on disk: a snapshot, and the journal of what came after it. Not thread-safe.
 *
 * <p>Both have a generation. A new snapshot is written beside the old one, synced, and renamed into place. Only when
 * that name is on disk, the journal starts anew with the snapshot's generation. A journal of an older generation was
 * left by a crash in between: the snapshot holds everything in it.
 */
final class RollFiles implements Closeable {
    static final String JOURNAL = "roll.journal";
    static final String SNAPSHOT = "roll.snapshot";
    private static final String NEW_SNAPSHOT = "roll.snapshot.new";
    private static final int COPY_BYTES = 1 << 20;

    private final RecordDirectory directory;
    private final JournalSettings settings;
    private final JournalFile journal;
    private final RollReplay roll;
    private final long tornBytes;
    private final Optional<Corruption> corruption;
    private String corruptCopy = "";
    private long generation;
    private long snapshotBytes;
    private long compactAtBytes;
    private boolean isSwitching;

    private RollFiles(RecordDirectory directory, JournalSettings settings, JournalFile journal, RollRecovery recovery) {
        this.directory = directory;
        this.settings = settings;
        this.journal = journal;
        this.roll = recovery.roll();
        this.tornBytes = recovery.corruption().isPresent() ? 0 : recovery.tornBytes();
        this.corruption = recovery.corruption();
        this.generation = recovery.generation();
        this.snapshotBytes = recovery.snapshotBytes();
        this.compactAtBytes = boundBytes();
    }

    /**
     * Reads the roll in a directory, or creates one. Cuts off what a crash left half-written.
     *
     * @param epoch the identity of a roll that is created
     * @throws IOException if that fails, or a file is corrupt in a way that no crash explains
     */
    static RollFiles open(RecordDirectory directory, JournalSettings settings, String epoch) throws IOException {
        directory.delete(NEW_SNAPSHOT);
        var file = directory.open(JOURNAL);
        try {
            var recovery = RollRecovery.of(directory, file.length());
            var journal = new JournalFile(file, recovery.generation(), recovery.journalBytes());
            var files = new RollFiles(directory, settings, journal, recovery);
            if (recovery.corruption().isPresent()) {
                files.recoverFromCorruption(epoch);
            }
            journal.repair();
            if (files.state().epoch().isEmpty()) {
                files.append(List.of(new JournalEntry(List.of(new JournalRecord.Began(epoch)))));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Returns the state on disk. */
    RollState state() {
        return roll.state();
    }

    /** Returns how many bytes a crash left half-written at the journal's end; they were cut off. */
    long tornBytes() {
        return tornBytes;
    }

    /** Returns the corruption found within the journal. */
    Optional<Corruption> corruption() {
        return corruption;
    }

    /** Returns the name of the file in which the corrupt journal is kept; empty if nothing was corrupt. */
    String corruptCopy() {
        return corruptCopy;
    }

    /**
     * Keeps a copy of the corrupt journal for inspection, and continues from a snapshot of what could be read. After a
     * crash meanwhile, either the corrupt journal or the snapshot is still there.
     */
    private void recoverFromCorruption(String epoch) throws IOException {
        corruptCopy = JOURNAL + ".damaged-"
                + Instant.now().truncatedTo(ChronoUnit.MILLIS).toString().replace(":", "");
        try (var copy = directory.open(corruptCopy);
                var corrupt = directory.read(JOURNAL).orElseThrow()) {
            copy.truncate(0);
            for (var part = corrupt.readNBytes(COPY_BYTES); part.length > 0; part = corrupt.readNBytes(COPY_BYTES)) {
                copy.append(part);
            }
            copy.sync();
        }
        roll.distrust(epoch);
        compact();
    }

    /** Appends entries and syncs. If that fails, none stays, and the next call finds everything as it was. */
    void append(List<JournalEntry> entries) throws IOException {
        verify();
        if (isSwitching) {
            // it is unknown which snapshot is on disk, and so whether the journal's generation is still valid
            compact();
        }
        journal.append(entries.stream().map(JournalEntry::frame).toList());
        entries.forEach(entry -> entry.records().forEach(roll::apply));
    }

    /** Verifies at intervals that the files are where the next start looks for them; repairs what it can. */
    void verify() throws IOException {
        directory.verifyIfDue();
        if (snapshotBytes > 0 && !isSwitching && directory.length(SNAPSHOT) == 0) {
            // its content is in memory
            compact();
        }
    }

    /** Truncates what a failed {@link #append} may have left. Otherwise the next append does. */
    void repair() throws IOException {
        if (!isSwitching) {
            journal.repair();
        }
    }

    /** Returns whether the journal is so large that a snapshot should replace it. */
    boolean isCompactionDue() {
        return journal.length() > compactAtBytes;
    }

    /** Replaces the snapshot and starts the journal anew. If that fails nothing is lost, and it is tried again. */
    void compact() throws IOException {
        compactAtBytes = journal.length() + settings.journalBytes();
        var next = generation + 1;
        var bytes = writeSnapshot(next);
        isSwitching = true;
        directory.rename(NEW_SNAPSHOT, SNAPSHOT);
        directory.sync();
        isSwitching = false;
        generation = next;
        snapshotBytes = bytes;
        compactAtBytes = boundBytes();
        journal.begin(next);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private long boundBytes() {
        return Math.max(settings.journalBytes(), settings.snapshotFactor() * snapshotBytes);
    }

    private long writeSnapshot(long ofGeneration) throws IOException {
        try (var file = directory.open(NEW_SNAPSHOT)) {
            var records = roll.state().records();
            file.truncate(0);
            file.append(JournalFormat.heading(ofGeneration, records.size()));
            for (var record : records) {
                file.append(JournalFormat.frame(List.of(record)));
            }
            file.sync();
            return file.length();
        } catch (IOException e) {
            discardSnapshot(e);
            throw e;
        }
    }

    /** Frees the space, which the journal needs on a full disk. */
    private void discardSnapshot(IOException cause) {
        try {
            directory.delete(NEW_SNAPSHOT);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
