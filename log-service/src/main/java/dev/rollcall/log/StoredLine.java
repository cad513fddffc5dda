package dev.rollcall.log;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the store: a record's JSON, with its producer as the last field.
 *
 * <p>Producer and sequence stand at the very end, so that they are found again without reading the JSON. Nothing a
 * record holds can look like them there: inside a text the quotes would be escaped.
 */
final class StoredLine {
    private static final int STAMP_BYTES_MAX = 100;
    private static final Pattern STAMP =
            Pattern.compile(",\"sequence\":(\\d{1,18}),\"producer\":\"([0-9a-f-]{36})\"}\\z");

    private StoredLine() {}

    /** The line of a record without a producer, its end included. */
    static byte[] of(LogRecord record) {
        return (Json.text(record) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The line of a producer's record, its end included. */
    static byte[] of(LogRecord record, String producer) {
        // by way of a String, because half a surrogate pair makes a question mark here and an exception in Jackson
        var json = Json.text(record);
        var line = json.substring(0, json.length() - 1) + ",\"producer\":\"" + producer + "\"}\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** Whose record a line is, if a producer is named; {@code end} is where the line's end is. */
    static Optional<Stamp> stampOf(byte[] bytes, int start, int end) {
        var from = Math.max(start, end - STAMP_BYTES_MAX);
        var match = STAMP.matcher(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
        return match.find() ? Optional.of(new Stamp(match.group(2), Long.parseLong(match.group(1)))) : Optional.empty();
    }

    record Stamp(String producer, long sequence) {}
}
