package dev.rollcall.registry.journal;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollReplay;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.registry.journal.RollRecovery.Damage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The roll on disk: a snapshot, and the journal of what came after it. Not thread-safe.
 *
 * <p>Both bear a generation. A new snapshot is written beside the old one, synced, and renamed into its place; only when
 * that name is on disk the journal is begun anew, with the snapshot's generation. A journal of an older generation is
 * one that a crash kept from being begun anew: the snapshot holds all that is in it.
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
    private final Optional<Damage> damage;
    private String damagedCopy = "";
    private long generation;
    private long snapshotBytes;
    private long compactAtBytes;
    private boolean isSwitching;

    private RollFiles(RecordDirectory directory, JournalSettings settings, JournalFile journal, RollRecovery recovery) {
        this.directory = directory;
        this.settings = settings;
        this.journal = journal;
        this.roll = recovery.roll();
        this.tornBytes = recovery.damage().isPresent() ? 0 : recovery.tornBytes();
        this.damage = recovery.damage();
        this.generation = recovery.generation();
        this.snapshotBytes = recovery.snapshotBytes();
        this.compactAtBytes = boundBytes();
    }

    /**
     * Reads the roll in a directory, or begins one. What a crash left half-written is cut off.
     *
     * @param epoch the identity of the roll if it is begun
     * @throws IOException if that fails, or if a file is damaged in a way that no crash explains
     */
    static RollFiles open(RecordDirectory directory, JournalSettings settings, String epoch) throws IOException {
        directory.delete(NEW_SNAPSHOT);
        var file = directory.open(JOURNAL);
        try {
            var recovery = RollRecovery.of(directory, file.length());
            var journal = new JournalFile(file, recovery.generation(), recovery.journalBytes());
            var files = new RollFiles(directory, settings, journal, recovery);
            if (recovery.damage().isPresent()) {
                files.startAnew(epoch);
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

    /** What all that is on disk amounts to. */
    RollState state() {
        return roll.state();
    }

    /** How much a crash had left half-written at the end of the journal, and was cut off. */
    long tornBytes() {
        return tornBytes;
    }

    /** What was damaged in the midst of the journal; empty if nothing was. */
    Optional<Damage> damage() {
        return damage;
    }

    /** The name of the file in which the damaged journal is kept; empty if nothing was damaged. */
    String damagedCopy() {
        return damagedCopy;
    }

    /**
     * Keeps the damaged journal for people to look at, and goes on from a snapshot of what could be read. A crash
     * meanwhile finds the damaged journal still there, or the snapshot.
     */
    private void startAnew(String epoch) throws IOException {
        damagedCopy = JOURNAL + ".damaged-"
                + Instant.now().truncatedTo(ChronoUnit.MILLIS).toString().replace(":", "");
        try (var copy = directory.open(damagedCopy);
                var damaged = directory.read(JOURNAL).orElseThrow()) {
            copy.truncate(0);
            for (var part = damaged.readNBytes(COPY_BYTES); part.length > 0; part = damaged.readNBytes(COPY_BYTES)) {
                copy.append(part);
            }
            copy.sync();
        }
        roll.doubt(epoch);
        compact();
    }

    /** Returns when all entries are on disk. When that fails, none stays, and the next call finds all as it was. */
    void append(List<JournalEntry> entries) throws IOException {
        verify();
        if (isSwitching) {
            // which snapshot is on disk isn't known, and so neither whether the journal's generation still counts
            compact();
        }
        journal.append(entries.stream().map(JournalEntry::frame).toList());
        entries.forEach(entry -> entry.records().forEach(roll::apply));
    }

    /** Checks, now and then, that what is written is where the next start looks for it; mends what it can. */
    void verify() throws IOException {
        directory.verifyIfDue();
        if (snapshotBytes > 0 && !isSwitching && directory.length(SNAPSHOT) == 0) {
            // all that was in it is in memory
            compact();
        }
    }

    /** Takes back what a failed {@link #append} may have left; without it the next one does. */
    void repair() throws IOException {
        if (!isSwitching) {
            journal.repair();
        }
    }

    /** Whether the journal is so large that it is to be replaced by a snapshot. */
    boolean isToBeCompacted() {
        return journal.length() > compactAtBytes;
    }

    /** Replaces the snapshot, and begins the journal anew. When that fails nothing is lost, and it is tried again. */
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

    /** On a full disk the journal needs the room. */
    private void discardSnapshot(IOException cause) {
        try {
            directory.delete(NEW_SNAPSHOT);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
