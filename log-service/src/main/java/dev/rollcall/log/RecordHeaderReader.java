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
 * Parses {@code Log-Record}: the record of a plain body with all its fields. If its texts are cut, {@code Log-Text}
 * gives the ranges of message and stack trace in the body, in UTF-16 units: {@code 19-8019,8020-9120}.
 */
final class RecordHeaderReader {
    static final String NAME = "Log-Record";
    static final String TEXT_NAME = "Log-Text";
    private static final Pattern TEXT_RANGES = Pattern.compile("(\\d{1,9})-(\\d{1,9})(?:,(\\d{1,9})-(\\d{1,9}))?");

    private RecordHeaderReader() {}

    /** Returns a batch of this one record; empty if the header is malformed or does not match the numbering. */
    static Optional<LogBatch> read(
            String json, Optional<String> ranges, String body, Optional<Numbering> numbering, Instant arrival) {
        try {
            var record = Json.read(json, LogRecord.class);
            var line = LineNormalizer.compact(
                    ranges.map(text -> withTexts(record, text, body)).orElse(record));
            var batch = BatchParser.parse(line, line.length, numbering, arrival);
            return batch.rejectedLines().isEmpty() ? Optional.of(batch) : Optional.empty();
        } catch (MalformedJsonException | ProblemException e) {
            // the caller falls back to the body
            return Optional.empty();
        }
    }

    /** Returns the record with its texts taken from the body; unchanged if the ranges are not in the body. */
    private static LogRecord withTexts(LogRecord record, String ranges, String body) {
        var matcher = TEXT_RANGES.matcher(ranges);
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
