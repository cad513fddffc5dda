package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.line.Utf8;
import dev.rollcall.log.store.AppendRequest;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a batch: one JSON object a line; empty lines are ignored. A line in the compact form is stored as received. Any
 * other line is parsed as JSON and, if it is a record, rewritten in the compact form. Not thread-safe.
 */
final class BatchParser {
    private static final int LINES_MAX = 50_000;

    private final byte[] body;
    private final Optional<Numbering> numbering;
    private final Instant arrival;
    private final LineScanner scanner = new LineScanner();
    private final AppendRequest.Builder request;
    private final List<RejectedLine> rejectedLines = new ArrayList<>();
    private int lineNumber;
    private int lines;
    private long next;

    private BatchParser(byte[] body, Optional<Numbering> numbering, Instant arrival) {
        this.body = body;
        this.numbering = numbering;
        this.arrival = arrival;
        this.request = AppendRequest.from(body);
        this.next = numbering.map(Numbering::first).orElse(0L);
    }

    /**
     * Parses a body, which must not change before it is stored. A rejected numbered line is replaced by a record that says
     * so, which leaves no gap in the producer's sequences.
     *
     * @param length the number of valid bytes in the array
     * @throws ProblemException 400 if every line is rejected, or if the records' sequences differ from the numbering; 413
     *     for more than 50,000 lines
     */
    static LogBatch parse(byte[] body, int length, Optional<Numbering> numbering, Instant arrival) {
        var parser = new BatchParser(body, numbering, arrival);
        var start = 0;
        for (var i = 0; i <= length; i++) {
            if (i == length || body[i] == '\n') {
                parser.parseLine(start, i);
                start = i + 1;
            }
        }
        return parser.finish();
    }

    private void parseLine(int from, int end) {
        lineNumber++;
        var to = withoutBlanks(from, end);
        if (to == from) {
            return;
        }
        lines++;
        if (scanner.scan(body, from, to) && canStoreAsIs()) {
            request.keep(from, to, scanner);
            next += sequenceCount();
        } else {
            rewrite(from, to);
        }
    }

    private LogBatch finish() {
        if (lines > LINES_MAX) {
            throw new ProblemException(
                    Problem.of(413, "Content too large", "a batch has at most " + LINES_MAX + " lines"));
        }
        if (numbering.isPresent() && next != numbering.get().last() + 1) {
            var last = next - 1;
            throw ProblemException.badRequest(
                    "Log-Sequence ends with " + numbering.get().last() + ", the records of the body with " + last);
        }
        if (rejectedLines.size() == lines) {
            throw ProblemException.badRequest(
                    lines == 0
                            ? "the body holds no record"
                            : rejectedLines.get(0).detail());
        }
        return new LogBatch(request.build(numbering), rejectedLines);
    }

    private boolean canStoreAsIs() {
        if (scanner.has(Field.PRODUCER)) {
            return false;
        }
        return numbering.isEmpty() ? scanner.sequence() == 0 && scanner.firstDropped() == 0 : isNext();
    }

    private boolean isNext() {
        return scanner.firstDropped() > 0 ? scanner.firstDropped() == next : scanner.sequence() == next;
    }

    /** Returns the number of sequences that the scanned record takes: more than one if it announces dropped records. */
    private long sequenceCount() {
        return numbering.isEmpty() ? 0 : scanner.sequence() - next + 1;
    }

    private void rewrite(int from, int to) {
        if (!Utf8.isValid(body, from, to)) {
            reject("it is not UTF-8");
            return;
        }
        try {
            var record = numbered(Json.read(Arrays.copyOfRange(body, from, to), LogRecord.class));
            var text = LineNormalizer.compact(record);
            if (scanner.scan(text, 0, text.length)) {
                request.add(text, scanner);
                next += sequenceCount();
            } else {
                reject("its time is not of the years 0 to 9999");
            }
        } catch (MalformedJsonException e) {
            reject(e.detail());
        } catch (IllegalArgumentException e) {
            reject(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the record with the next sequence, or without a sequence if the batch has no numbering. */
    private LogRecord numbered(LogRecord record) {
        if (numbering.isEmpty()) {
            return record.dropped() == null ? record.withSequence(0) : withoutGap(record);
        }
        var dropped = record.dropped();
        if (dropped != null) {
            if (dropped.from() != next) {
                throw new IllegalArgumentException(
                        "it announces " + dropped.from() + " as the first dropped, by Log-Sequence it is " + next);
            }
            return record.withSequence(dropped.to());
        }
        if (record.sequence() != 0 && record.sequence() != next) {
            throw new IllegalArgumentException(
                    "its sequence is " + record.sequence() + ", by Log-Sequence it is " + next);
        }
        return record.withSequence(next);
    }

    /** Returns the record without dropped range and sequence: a batch without numbering can have no gap. */
    private static LogRecord withoutGap(LogRecord record) {
        return new LogRecord(
                record.time(),
                record.service(),
                record.instance(),
                record.level(),
                record.logger(),
                record.thread(),
                record.message(),
                record.error(),
                record.trace(),
                record.span(),
                record.keys(),
                0);
    }

    private void reject(String reason) {
        rejectedLines.add(new RejectedLine(lineNumber, next, reason));
        if (numbering.isPresent()) {
            var text = LineNormalizer.compact(rejectionRecord(reason).withSequence(next));
            if (!scanner.scan(text, 0, text.length)) {
                throw new IllegalStateException("the service's own record is malformed");
            }
            request.add(text, scanner);
            next++;
        }
    }

    private LogRecord rejectionRecord(String reason) {
        return new LogRecord(
                arrival,
                ServiceName.LOG.value(),
                "",
                "WARN",
                LogBatch.class.getName(),
                "",
                "a log record was refused: " + reason,
                "",
                "",
                "",
                Map.of(),
                0);
    }

    private int withoutBlanks(int from, int end) {
        var to = end;
        while (to > from && (body[to - 1] == ' ' || body[to - 1] == '\t' || body[to - 1] == '\r')) {
            to--;
        }
        return to;
    }
}
