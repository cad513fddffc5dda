package dev.rollcall.registry.journal;

import dev.rollcall.disk.FrameReader;
import dev.rollcall.disk.FrameScanner;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.registry.core.RollReplay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What the roll's files say at the start.
 *
 * @param roll what they amount to
 * @param generation the snapshot's; 0 if there is none
 * @param snapshotBytes the snapshot's length
 * @param journalBytes how far the journal is good; 0 if it is to be begun anew
 * @param tornBytes how much stands behind that
 * @param damage what is damaged in the midst of the journal; empty if nothing is
 */
record RollRecovery(
        RollReplay roll,
        long generation,
        long snapshotBytes,
        long journalBytes,
        long tornBytes,
        Optional<Damage> damage) {
    /**
     * Reads the files.
     *
     * @param journalLength how long the journal is, torn end and all
     * @throws IOException if one can't be read, or is damaged in a way that no crash explains
     */
    static RollRecovery of(RecordDirectory directory, long journalLength) throws IOException {
        var snapshot = directory.read(RollFiles.SNAPSHOT);
        var before = new RollRecovery(new RollReplay(), 0, 0, 0, 0, Optional.empty());
        if (snapshot.isPresent()) {
            before = before.afterSnapshot(snapshot.get());
        }
        var after = before.afterJournal(directory.read(RollFiles.JOURNAL).orElseThrow(), journalLength);
        return after.tornBytes() == 0
                ? after
                : after.pastDamage(directory.read(RollFiles.JOURNAL).orElseThrow());
    }

    /**
     * Reads on where the journal isn't whole. A crash tears its end; frames that are whole behind that say that it was
     * something else, such as a disk that forgot a bit.
     */
    private RollRecovery pastDamage(InputStream file) throws IOException {
        byte[] bytes;
        try (file) {
            bytes = file.readAllBytes();
        }
        var rest = bytes.length - (int) journalBytes;
        var search = new FrameScanner(new ByteArrayInputStream(bytes, (int) journalBytes, rest));
        var found = 0;
        for (var next = search.next(rest); next.isPresent(); next = search.next(rest)) {
            JournalFormat.records(next.get()).forEach(roll::apply);
            found++;
        }
        var isTorn = found == 0 && (journalBytes > 0 || bytes.length <= JournalFormat.heading(generation, 0).length);
        return isTorn
                ? this
                : new RollRecovery(
                        roll,
                        generation,
                        snapshotBytes,
                        journalBytes,
                        tornBytes,
                        Optional.of(new Damage(search.skippedBytes(), found)));
    }

    private RollRecovery afterSnapshot(InputStream file) throws IOException {
        try (var frames = new FrameReader(file)) {
            // never torn: it was synced before it had this name
            var heading = JournalFormat.heading(frames.next().orElseThrow(() -> damaged(frames)));
            if (replay(frames) != heading.frames()) {
                throw damaged(frames);
            }
            return new RollRecovery(roll, heading.generation(), frames.goodLength(), 0, 0, Optional.empty());
        } catch (IOException e) {
            throw new IOException(RollFiles.SNAPSHOT + " can't be used: " + e.getMessage(), e);
        }
    }

    private RollRecovery afterJournal(InputStream file, long length) throws IOException {
        try (var frames = new FrameReader(file)) {
            return readJournal(frames, length);
        } catch (IOException e) {
            throw new IOException(RollFiles.JOURNAL + " can't be used: " + e.getMessage(), e);
        }
    }

    private RollRecovery readJournal(FrameReader frames, long length) throws IOException {
        var first = frames.next();
        if (first.isEmpty()) {
            // nothing is appended before the heading is on disk, so there is nothing behind a torn one
            return withJournal(0, length);
        }
        var heading = JournalFormat.heading(first.get());
        if (heading.generation() > generation) {
            throw new IOException("the " + RollFiles.SNAPSHOT + " that it goes on from isn't here");
        }
        if (heading.generation() < generation) {
            // its records are in the snapshot; a crash kept it from being begun anew
            return withJournal(0, 0);
        }
        replay(frames);
        return withJournal(frames.goodLength(), length - frames.goodLength());
    }

    private RollRecovery withJournal(long bytes, long torn) {
        return new RollRecovery(roll, generation, snapshotBytes, bytes, torn, Optional.empty());
    }

    private int replay(FrameReader frames) throws IOException {
        var count = 0;
        for (var next = frames.next(); next.isPresent(); next = frames.next()) {
            JournalFormat.records(next.get()).forEach(roll::apply);
            count++;
        }
        return count;
    }

    private static IOException damaged(FrameReader frames) {
        return new IOException("it is damaged at byte " + frames.goodLength());
    }

    /**
     * Damage in the midst of the journal.
     *
     * @param lostBytes how much belongs to no whole frame
     * @param framesBehind how many whole frames were found behind it, and taken up
     */
    record Damage(long lostBytes, int framesBehind) {}
}
