package dev.rollcall.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A journal's file that forgets, when its machine dies, some of what was not synced. */
final class SimulatedDisk {
    private final List<JournalRecord> file = new ArrayList<>();
    private int synced;
    private long settled;

    void append(JournalRecord record) {
        file.add(record);
    }

    void sync() {
        synced = file.size();
    }

    /** Notes it if it is news; nobody waits for it. */
    void settled(long revision) {
        if (revision > settled) {
            settled = revision;
            append(new JournalRecord.Settled(revision));
        }
    }

    /** What was synced is there; of the rest, a part from its beginning. */
    void crash(Random random) {
        var left = synced + random.nextInt(file.size() - synced + 1);
        file.subList(left, file.size()).clear();
        synced = file.size();
    }

    List<JournalRecord> records() {
        return file;
    }
}
