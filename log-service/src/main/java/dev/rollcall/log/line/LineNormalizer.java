package dev.rollcall.log.line;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A line of which nobody knows yet whether it is a record. One in another form than the compact one is brought into it.
 * Not thread-safe; each {@link #read} forgets the one before.
 */
public final class LineNormalizer {
    private final LineScanner scanner = new LineScanner();
    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    /** Whether a record stands there, its line's end excluded. Only then the rest can be asked. */
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

    /** What stands where; see {@link #bytes}. */
    public LineScanner fields() {
        return scanner;
    }

    /** The bytes that the fields' places refer to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the record begins in {@link #bytes}. */
    public int start() {
        return start;
    }

    /** Where the record ends in {@link #bytes}. */
    public int end() {
        return end;
    }

    /** The logged key-value pairs. */
    public Map<String, String> keys() {
        try {
            var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            return scanner.has(Field.KEYS) ? Json.read(text, LogRecord.class).keys() : Map.of();
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("a line that was read is none any more", e);
        }
    }

    /** The compact form of a record, without a line's end. Half of a character becomes a question mark. */
    public static byte[] compact(LogRecord record) {
        // by way of a String, because half a surrogate pair is an exception when Jackson writes bytes
        return Json.text(record).getBytes(StandardCharsets.UTF_8);
    }
}
