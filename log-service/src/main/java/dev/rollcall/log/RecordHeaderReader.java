package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code Log-Record}: what a plain body says, with all its fields. If its texts are cut, {@code Log-Text} says where
 * message and stack trace stand in the body, in UTF-16 units: {@code 19-8019,8020-9120}.
 */
final class RecordHeaderReader {
    static final String NAME = "Log-Record";
    static final String PLACES = "Log-Text";
    private static final Pattern PLACES_FORM = Pattern.compile("(\\d{1,9})-(\\d{1,9})(?:,(\\d{1,9})-(\\d{1,9}))?");

    private RecordHeaderReader() {}

    /** The record, as the only one of a batch; empty if it is none, or not the one that is numbered so. */
    static Optional<LogBatch> read(
            String json, Optional<String> places, String body, Optional<Numbering> numbering, Instant arrival) {
        try {
            var record = Json.read(json, LogRecord.class);
            var line = LineNormalizer.compact(
                    places.map(text -> completed(record, text, body)).orElse(record));
            var logBatch = LogBatch.read(line, line.length, numbering, arrival);
            return logBatch.rejectedLines().isEmpty() ? Optional.of(logBatch) : Optional.empty();
        } catch (MalformedJsonException | ProblemException e) {
            // the body is still there
            return Optional.empty();
        }
    }

    /** The record with its texts from the body; as it is if they aren't there. */
    private static LogRecord completed(LogRecord record, String places, String body) {
        var matcher = PLACES_FORM.matcher(places);
        if (!matcher.matches()) {
            return record;
        }
        var message = slice(body, matcher.group(1), matcher.group(2));
        var error = matcher.group(3) == null ? Optional.of("") : slice(body, matcher.group(3), matcher.group(4));
        return message.isEmpty() || error.isEmpty()
                ? record
                : new LogRecord(
                        record.time(),
                        record.service(),
                        record.instance(),
                        record.level(),
                        record.logger(),
                        record.thread(),
                        message.get(),
                        error.get(),
                        record.trace(),
                        record.span(),
                        record.keys(),
                        record.dropped(),
                        record.sequence());
    }

    private static Optional<String> slice(String body, String from, String to) {
        var begin = Integer.parseInt(from);
        var end = Integer.parseInt(to);
        return begin <= end && end <= body.length() ? Optional.of(body.substring(begin, end)) : Optional.empty();
    }
}
