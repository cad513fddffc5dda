package dev.rollcall.log.line;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Parses a line that may be a record, and rewrites it if it is not in the compact form. Not thread-safe; each {@link
 * #read} overwrites the result of the one before.
 */
public final class LineNormalizer {
    private final LineScanner scanner = new LineScanner();
    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    /** Returns whether the line, without its line end, is a record. Only then are the other methods valid. */
    public boolean read(byte[] line, int from, int to) {
        bytes = line;
        start = from;
        end = to;
        if (scanner.scan(line, from, to)) {
            return true;
        }
        if (to == from || line[from] != '{') {
            return false;
        }
        try {
            var record = Json.read(new String(line, from, to - from, StandardCharsets.UTF_8), LogRecord.class);
            bytes = compact(record);
            start = 0;
            end = bytes.length;
            return scanner.scan(bytes, 0, bytes.length);
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    /** Returns the record's fields, as ranges of {@link #bytes}. */
    public LineScanner fields() {
        return scanner;
    }

    /** Returns the bytes that the fields' ranges refer to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the start of the record in {@link #bytes}. */
    public int start() {
        return start;
    }

    /** Returns the end of the record in {@link #bytes}, exclusive. */
    public int end() {
        return end;
    }

    /** Returns the logged key-value pairs. */
    public Map<String, String> keys() {
        try {
            var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            return scanner.has(Field.KEYS) ? Json.read(text, LogRecord.class).keys() : Map.of();
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("a line that was parsed is malformed", e);
        }
    }

    /** Returns the compact form of a record, without a line end. An unpaired surrogate becomes a question mark. */
    public static byte[] compact(LogRecord record) {
        // through a String, because Jackson throws on an unpaired surrogate when it writes bytes
        return Json.text(record).getBytes(StandardCharsets.UTF_8);
    }
}
