package dev.rollcall.registry.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.rollcall.disk.Frame;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The format of the roll's files: a frame with the {@link Heading}, then frames that each hold a JSON array of records
 * that are valid together or not at all.
 */
final class JournalFormat {
    private static final int FORMAT = 1;
    private static final ObjectReader READER = Json.readerOf(JournalRecord[].class);
    private static final ObjectWriter WRITER = Json.writerOf(JournalRecord[].class);

    private JournalFormat() {}

    /**
     * Returns the frame of records that belong together. Throws {@link IllegalArgumentException} if they are too many
     * for one.
     */
    static byte[] frame(List<JournalRecord> records) {
        try {
            return Frame.of(WRITER.writeValueAsBytes(records.toArray(JournalRecord[]::new)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a journal record has no JSON", e);
        }
    }

    /**
     * Parses the records of a frame.
     *
     * @throws IOException if this version does not know them
     */
    static List<JournalRecord> records(byte[] payload) throws IOException {
        try {
            return List.of(READER.<JournalRecord[]>readValue(payload));
        } catch (JsonProcessingException e) {
            throw new IOException("this version does not know a record: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the frame of a heading. */
    static byte[] heading(long generation, int frames) {
        return Frame.of(Json.bytes(new Heading(FORMAT, generation, frames)));
    }

    /**
     * Parses the heading of a file.
     *
     * @throws IOException if this version does not know it
     */
    static Heading heading(byte[] payload) throws IOException {
        var heading = Json.read(payload, Heading.class);
        if (heading.format() != FORMAT) {
            throw new IOException("format " + heading.format() + " is unknown to this version");
        }
        return heading;
    }

    /**
     * The first frame of a file.
     *
     * @param format how to read what follows
     * @param generation a journal continues the snapshot of the same generation; 0 before the first snapshot
     * @param frames how many follow in a snapshot; 0 in a journal, where the number is open
     */
    record Heading(int format, long generation, int frames) {}
}
