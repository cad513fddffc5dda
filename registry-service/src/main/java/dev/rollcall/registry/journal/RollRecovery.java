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
 * The result of reading the roll's files at start.
 *
 * @param roll the state so far
 * @param generation the snapshot's; 0 if there is none
 * @param snapshotBytes the snapshot's length
 * @param journalBytes the length of the journal's valid part; 0 if it is to start anew
 * @param tornBytes the length of the rest
 * @param corruption the corruption within the journal
 */
record RollRecovery(
        RollReplay roll,
        long generation,
        long snapshotBytes,
        long journalBytes,
        long tornBytes,
        Optional<Corruption> corruption) {
    /**
     * Reads the files.
     *
     * @param journalLength the journal's length, including a torn end
     * @throws IOException if a file can't be read, or is corrupt in a way that no crash explains
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
                : after.pastCorruption(directory.read(RollFiles.JOURNAL).orElseThrow());
    }

    /**
     * Searches for valid frames behind the valid part. A crash tears only the end; valid frames behind it show another
     * cause, such as a flipped bit.
     */
    private RollRecovery pastCorruption(InputStream file) throws IOException {
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
                        Optional.of(new Corruption(search.skippedBytes(), found)));
    }

    private RollRecovery afterSnapshot(InputStream file) throws IOException {
        try (var frames = new FrameReader(file)) {
            // never torn: it was synced before it got this name
            var heading = JournalFormat.heading(frames.next().orElseThrow(() -> corrupt(frames)));
            if (replay(frames) != heading.frames()) {
                throw corrupt(frames);
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
            // nothing is appended before the heading is on disk, so nothing follows a torn one
            return withJournal(0, length);
        }
        var heading = JournalFormat.heading(first.get());
        if (heading.generation() > generation) {
            throw new IOException("the " + RollFiles.SNAPSHOT + " that it continues is missing");
        }
        if (heading.generation() < generation) {
            // its records are in the snapshot; a crash kept it from starting anew
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

    private static IOException corrupt(FrameReader frames) {
        return new IOException("it is corrupt at byte " + frames.goodLength());
    }

    /**
     * Corruption within the journal.
     *
     * @param lostBytes the bytes that belong to no valid frame
     * @param framesBehind the valid frames found behind it and applied
     */
    record Corruption(long lostBytes, int framesBehind) {}
}
