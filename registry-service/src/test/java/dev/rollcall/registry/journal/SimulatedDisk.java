package dev.rollcall.registry.journal;

import dev.rollcall.disk.FrameReader;
import dev.rollcall.registry.core.Durability;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.PendingPatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A journal's file that loses some unsynced bytes when its machine dies, and leaves a torn end. While it is full,
 * appended records stay pending in memory, as with a real one.
 */
public final class SimulatedDisk {
    private final List<JournalRecord> file = new ArrayList<>();
    private final List<JournalRecord> waiting = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private int synced;
    private long settled;
    private boolean isFull;

    public void append(JournalRecord record) {
        (isFull ? waiting : file).add(record);
    }

    public void sync() {
        synced = file.size();
    }

    /** Returns whether everything in a patch is on disk. */
    public boolean covers(PendingPatch pendingPatch) {
        var durability = new Durability();
        durability.appended(file.subList(synced, file.size()));
        durability.appended(waiting);
        return durability.covers(pendingPatch);
    }

    /** Runs an action once all appended records are on disk. */
    public void afterAll(Runnable action) {
        if (isFull) {
            held.add(action);
        } else {
            sync();
            action.run();
        }
    }

    /** Refuses all further writes. */
    public void fill() {
        isFull = true;
    }

    public boolean isFull() {
        return isFull;
    }

    /** Accepts writes again, first the pending records. */
    public void makeRoom() {
        isFull = false;
        file.addAll(waiting);
        waiting.clear();
        sync();
        var released = List.copyOf(held);
        held.clear();
        released.forEach(Runnable::run);
    }

    /** Appends it if it is new; no caller waits for it. */
    public void settled(long revision) {
        if (revision > settled) {
            settled = revision;
            append(new JournalRecord.Settled(revision));
        }
    }

    /**
     * Returns what survives: what was synced, and of the rest what the real reader makes of its frames after they were
     * cut at any byte or only partly written. The next process needs room to start, and has it.
     */
    public void crash(Random random) {
        var tail = file.subList(synced, file.size());
        var left = whole(torn(frames(tail), random));
        tail.clear();
        file.addAll(left);
        waiting.clear();
        held.clear();
        isFull = false;
        settled = 0;
        synced = file.size();
    }

    public List<JournalRecord> records() {
        return file;
    }

    private static byte[] frames(List<JournalRecord> records) {
        var bytes = new ByteArrayOutputStream();
        records.forEach(record -> bytes.writeBytes(JournalFormat.frame(List.of(record))));
        return bytes.toByteArray();
    }

    private static byte[] torn(byte[] bytes, Random random) {
        var kept = random.nextInt(bytes.length + 1);
        var cut = Arrays.copyOf(bytes, kept);
        // the length of a file may reach the disk before its blocks
        return random.nextBoolean() ? cut : Arrays.copyOf(cut, bytes.length);
    }

    private static List<JournalRecord> whole(byte[] bytes) {
        var records = new ArrayList<JournalRecord>();
        try (var frames = new FrameReader(new ByteArrayInputStream(bytes))) {
            for (var next = frames.next(); next.isPresent(); next = frames.next()) {
                records.addAll(JournalFormat.records(next.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }
}
