package dev.rollcall.log.query;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.wire.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Tells of lines whether they are asked for. Not thread-safe. */
final class RecordMatcher {
    private static final List<Field> TEXTS = List.of(Field.MESSAGE, Field.ERROR);

    private final LogQuery query;
    private final byte[] wanted;
    private final boolean isWantedPlain;
    private final byte[] service;
    private final LineNormalizer line = new LineNormalizer();

    RecordMatcher(LogQuery query) {
        this.query = query;
        this.wanted = query.contains().getBytes(StandardCharsets.UTF_8);
        this.isWantedPlain = query.contains().chars().allMatch(c -> c < 0x80);
        this.service = query.service().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the line is a record that meets all conditions. What is no record meets none. */
    boolean matches(byte[] bytes, int from, int to) {
        return query.isOfAll() || (line.read(bytes, from, to) && matches(line.fields()));
    }

    private boolean matches(LineScanner fields) {
        return query.isInTime(fields)
                && (query.level() == Severity.TRACE || fields.severity().compareTo(query.level()) >= 0)
                && isOfService(fields)
                && (query.instance().isEmpty() || query.instance().equals(fields.text(Field.INSTANCE)))
                && (query.trace().isEmpty() || query.trace().equalsIgnoreCase(fields.text(Field.TRACE)))
                && (query.contains().isEmpty() || isIn(fields));
    }

    private boolean isOfService(LineScanner fields) {
        return query.service().isEmpty()
                || fields.is(Field.SERVICE, service, 0, service.length)
                || query.service().equalsIgnoreCase(fields.text(Field.SERVICE));
    }

    /** In what people read of a record: message, stack trace, values of the keys; without regard to case. */
    private boolean isIn(LineScanner fields) {
        for (var field : TEXTS) {
            if (fields.has(field) && isIn(fields, field)) {
                return true;
            }
        }
        return fields.has(Field.KEYS)
                && mayBeIn(fields, Field.KEYS)
                && line.keys().values().stream().anyMatch(this::isIn);
    }

    private boolean isIn(LineScanner fields, Field field) {
        if (!fields.isPlain(field)) {
            return isIn(fields.text(field));
        }
        return isWantedPlain && isAmong(fields.start(field), fields.end(field));
    }

    /** False if it is surely not there. */
    private boolean mayBeIn(LineScanner fields, Field field) {
        return !fields.isPlain(field) || isIn(fields, field);
    }

    private boolean isIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(query.contains());
    }

    private boolean isAmong(int from, int to) {
        var bytes = line.bytes();
        for (var i = from; i <= to - wanted.length; i++) {
            if (isAt(bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (var i = 0; i < wanted.length; i++) {
            var letter = bytes[at + i];
            var lower = letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
            if (lower != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
