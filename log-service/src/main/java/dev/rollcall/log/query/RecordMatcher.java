package dev.rollcall.log.query;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.wire.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Matches lines against a query. Not thread-safe. */
final class RecordMatcher {
    private static final List<Field> TEXTS = List.of(Field.MESSAGE, Field.ERROR);

    private final LogQuery query;
    private final byte[] contained;
    private final boolean isContainedPlain;
    private final byte[] service;
    private final LineNormalizer line = new LineNormalizer();

    RecordMatcher(LogQuery query) {
        this.query = query;
        this.contained = query.contains().getBytes(StandardCharsets.UTF_8);
        this.isContainedPlain = query.contains().chars().allMatch(c -> c < 0x80);
        this.service = query.service().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether the line is a record that matches. Any other line matches only the query for all. */
    boolean matches(byte[] bytes, int from, int to) {
        return query.isOfAll() || (line.read(bytes, from, to) && matches(line.fields()));
    }

    private boolean matches(LineScanner fields) {
        return query.isInTime(fields)
                && (query.level() == Severity.TRACE || fields.severity().compareTo(query.level()) >= 0)
                && isOfService(fields)
                && (query.instance().isEmpty() || query.instance().equals(fields.text(Field.INSTANCE)))
                && (query.trace().isEmpty() || query.trace().equalsIgnoreCase(fields.text(Field.TRACE)))
                && (query.contains().isEmpty() || containsText(fields));
    }

    private boolean isOfService(LineScanner fields) {
        return query.service().isEmpty()
                || fields.is(Field.SERVICE, service, 0, service.length)
                || query.service().equalsIgnoreCase(fields.text(Field.SERVICE));
    }

    /** Searches message, stack trace and the values of the keys, ignoring case. */
    private boolean containsText(LineScanner fields) {
        for (var field : TEXTS) {
            if (fields.has(field) && containsText(fields, field)) {
                return true;
            }
        }
        return fields.has(Field.KEYS)
                && mayContainText(fields, Field.KEYS)
                && line.keys().values().stream().anyMatch(this::containsText);
    }

    private boolean containsText(LineScanner fields, Field field) {
        if (!fields.isPlain(field)) {
            return containsText(fields.text(field));
        }
        return isContainedPlain && containsBytes(fields.start(field), fields.end(field));
    }

    /** Returns false if the field certainly does not contain the text. */
    private boolean mayContainText(LineScanner fields, Field field) {
        return !fields.isPlain(field) || containsText(fields, field);
    }

    private boolean containsText(String text) {
        return text.toLowerCase(Locale.ROOT).contains(query.contains());
    }

    private boolean containsBytes(int from, int to) {
        var bytes = line.bytes();
        for (var i = from; i <= to - contained.length; i++) {
            if (isAt(bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (var i = 0; i < contained.length; i++) {
            var letter = bytes[at + i];
            var lower = letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
            if (lower != contained[i]) {
                return false;
            }
        }
        return true;
    }
}
