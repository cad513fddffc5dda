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
 * How the roll stands in its files: first a frame with the {@link Heading}, then frames that each hold the JSON array
 * of the records that belong together, so that they are there together or not at all.
 */
final class JournalFormat {
    private static final int FORMAT = 1;
    private static final ObjectReader READER = Json.readerOf(JournalRecord[].class);
    private static final ObjectWriter WRITER = Json.writerOf(JournalRecord[].class);

    private JournalFormat() {}

    /** The frame of records that belong together; {@link IllegalArgumentException} if they are too many for one. */
    static byte[] frame(List<JournalRecord> records) {
        try {
            return Frame.of(WRITER.writeValueAsBytes(records.toArray(JournalRecord[]::new)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a journal record has no JSON", e);
        }
    }

    /**
     * The records of a frame.
     *
     * @throws IOException if they are none that this version knows
     */
    static List<JournalRecord> records(byte[] payload) throws IOException {
        try {
            return List.of(READER.<JournalRecord[]>readValue(payload));
        } catch (JsonProcessingException e) {
            throw new IOException("a record is none that this version knows: " + e.getOriginalMessage(), e);
        }
    }

    /** The frame of a heading. */
    static byte[] heading(long generation, int frames) {
        return Frame.of(Json.bytes(new Heading(FORMAT, generation, frames)));
    }

    /**
     * The heading of a file.
     *
     * @throws IOException if it is none that this version knows
     */
    static Heading heading(byte[] payload) throws IOException {
        var heading = Json.read(payload, Heading.class);
        if (heading.format() != FORMAT) {
            throw new IOException("format " + heading.format() + " is none that this version knows");
        }
        return heading;
    }

    /**
     * What a file says of itself.
     *
     * @param format how to read what follows
     * @param generation a journal goes on from the snapshot of the same generation; before the first it is 0
     * @param frames how many follow in a snapshot; 0 in a journal, where more come
     */
    record Heading(int format, long generation, int frames) {}
}
