package dev.rollcall.shipping;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record's JSON as the value of {@code Log-Record}, sent beside the plain form, which has no place for logger,
 * instance and other fields. Plain log services ignore it. In a record too long for a header the texts are cut; the
 * body holds message and stack trace whole, at the positions in {@code Log-Text}.
 *
 * @param value ASCII, never longer than a header may be
 * @param isCut whether a part is missing
 */
record RecordHeader(String value, boolean isCut) {
    static final String NAME = "Log-Record";
    /** Servers accept a line of this length, and some not much more. */
    private static final int CHARS_MAX = 8_000;
    /** Tried in turn. The last is short enough in any script, where one character takes six. */
    private static final List<Limits> LIMITS = List.of(
            new Limits(2_000, 1_000, 50),
            new Limits(1_000, 500, 50),
            new Limits(500, 200, 50),
            new Limits(250, 200, 50),
            new Limits(100, 200, 50),
            new Limits(40, 200, 50),
            new Limits(40, 200, 16),
            new Limits(20, 100, 8));

    static RecordHeader of(LogRecord record) {
        var whole = ascii(record);
        if (whole.length() <= CHARS_MAX) {
            return new RecordHeader(whole, false);
        }
        var value = whole;
        for (var i = 0; i < LIMITS.size() && value.length() > CHARS_MAX; i++) {
            value = ascii(cut(record, LIMITS.get(i)));
        }
        return new RecordHeader(value, true);
    }

    private static LogRecord cut(LogRecord record, Limits limits) {
        return new LogRecord(
                record.time(),
                TextLimit.cut(record.service(), limits.names()),
                TextLimit.cut(record.instance(), limits.names()),
                record.level(),
                TextLimit.cut(record.logger(), limits.names()),
                TextLimit.cut(record.thread(), limits.names()),
                TextLimit.cut(record.message(), limits.texts()),
                TextLimit.cut(record.error(), limits.texts()),
                TextLimit.cut(record.trace(), limits.names()),
                TextLimit.cut(record.span(), limits.names()),
                cut(record.keys(), limits),
                record.dropped(),
                record.sequence());
    }

    private static Map<String, String> cut(Map<String, String> keys, Limits limits) {
        var cut = new LinkedHashMap<String, String>();
        for (var each : new TreeMap<>(keys).entrySet()) {
            if (cut.size() < limits.keys()) {
                cut.put(TextLimit.cut(each.getKey(), limits.texts()), TextLimit.cut(each.getValue(), limits.texts()));
            }
        }
        return cut;
    }

    private static String ascii(LogRecord record) {
        // half a surrogate pair becomes a question mark, as in the body
        var json = new String(Json.text(record).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var value = new StringBuilder(json.length());
        for (var i = 0; i < json.length() && value.length() <= CHARS_MAX; i++) {
            var c = json.charAt(i);
            // in JSON such a character occurs in strings only, where it may be escaped
            if (c < ' ' || c > '~') {
                value.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    /**
     * What remains of a record.
     *
     * @param texts characters of message, stack trace, and each key and value
     * @param names characters of logger, thread, instance and the like
     * @param keys the number of keys, the first ones in their order
     */
    private record Limits(int texts, int names, int keys) {}
}
