package dev.rollcall.registry.journal;

import dev.rollcall.registry.core.JournalRecord;
import java.util.List;

/** Records that are written together, and the frame that they are on disk. */
final class JournalEntry {
    private final List<JournalRecord> records;
    private final byte[] frame;

    /** Throws {@link IllegalArgumentException} if they are too many for a frame. */
    JournalEntry(List<JournalRecord> records) {
        this.records = List.copyOf(records);
        this.frame = JournalFormat.frame(this.records);
    }

    List<JournalRecord> records() {
        return records;
    }

    byte[] frame() {
        return frame;
    }
}
