package dev.rollcall.registry.journal;

import dev.rollcall.registry.core.JournalRecord;
import java.util.List;

/** Records that are written together, and their frame on disk. */
final class JournalEntry {
    private final List<JournalRecord> records;
    private final byte[] frame;

    /** Throws {@link IllegalArgumentException} if the records are too many for a frame. */
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
