package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.line.Utf8;
import dev.rollcall.log.store.AppendRequest;
import dev.rollcall.log.store.AppendRequestBuilder;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a batch line by line. A line in the compact form is kept as it came; any other is read as JSON, and written anew
 * if it is a record. Not thread-safe.
 */
final class BatchParser {
    private final byte[] body;
    private final Optional<Numbering> numbering;
    private final Instant arrival;
    private final LineScanner line = new LineScanner();
    private final AppendRequestBuilder submission;
    private final List<RejectedLine> verdicts = new ArrayList<>();
    private int lineNumber;
    private int lines;
    private long next;

    BatchParser(byte[] body, Optional<Numbering> numbering, Instant arrival) {
        this.body = body;
        this.numbering = numbering;
        this.arrival = arrival;
        this.submission = AppendRequest.from(body);
        this.next = numbering.map(Numbering::first).orElse(0L);
    }

    /** The next line of the body, its end excluded. */
    void line(int from, int end) {
        lineNumber++;
        var to = withoutBlanks(from, end);
        if (to == from) {
            return;
        }
        lines++;
        if (line.scan(body, from, to) && isFit()) {
            submission.keep(from, to, line);
            next += numbers();
        } else {
            rewrite(from, to);
        }
    }

    /** How many lines there were that weren't empty. */
    int lines() {
        return lines;
    }

    /** What was read, or a {@link ProblemException} if it can't be stored as it is. */
    LogBatch end() {
        if (numbering.isPresent() && next != numbering.get().last() + 1) {
            var last = next - 1;
            throw ProblemException.badRequest(
                    "Log-Sequence ends with " + numbering.get().last() + ", the records of the body with " + last);
        }
        if (verdicts.size() == lines) {
            throw ProblemException.badRequest(
                    lines == 0 ? "the body holds no record" : verdicts.get(0).detail());
        }
        return new LogBatch(submission.build(numbering), verdicts);
    }

    /** Whether the line that was scanned can be stored as it is. */
    private boolean isFit() {
        if (line.has(Field.PRODUCER)) {
            return false;
        }
        return numbering.isEmpty() ? line.sequence() == 0 && line.firstDropped() == 0 : isNext();
    }

    private boolean isNext() {
        return line.firstDropped() > 0 ? line.firstDropped() == next : line.sequence() == next;
    }

    /** How many sequences the line that was scanned takes. */
    private long numbers() {
        return numbering.isEmpty() ? 0 : line.sequence() - next + 1;
    }

    private void rewrite(int from, int to) {
        if (!Utf8.isValid(body, from, to)) {
            refuse("it is not UTF-8");
            return;
        }
        try {
            var record = numbered(Json.read(Arrays.copyOfRange(body, from, to), LogRecord.class));
            var text = LineNormalizer.compact(record);
            if (line.scan(text, 0, text.length)) {
                submission.add(text, line);
                next += numbers();
            } else {
                refuse("its time is not of the years 0 to 9999");
            }
        } catch (MalformedJsonException e) {
            refuse(e.detail());
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    /** A record with the sequence that is its turn, or without one if nobody counts. */
    private LogRecord numbered(LogRecord record) {
        if (numbering.isEmpty()) {
            return record.dropped() == null ? record.withSequence(0) : withoutGap(record);
        }
        var dropped = record.dropped();
        if (dropped != null) {
            if (dropped.from() != next) {
                throw new IllegalArgumentException(
                        "it says that " + dropped.from() + " was dropped first, by Log-Sequence it is " + next);
            }
            return record.withSequence(dropped.to());
        }
        if (record.sequence() != 0 && record.sequence() != next) {
            throw new IllegalArgumentException(
                    "its sequence is " + record.sequence() + ", by Log-Sequence it is " + next);
        }
        return record.withSequence(next);
    }

    /** What nobody counts leaves no gap. */
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

    private void refuse(String reason) {
        verdicts.add(new RejectedLine(lineNumber, next, reason));
        if (numbering.isPresent()) {
            var text = LineNormalizer.compact(refusal(reason).withSequence(next));
            if (!line.scan(text, 0, text.length)) {
                throw new IllegalStateException("the service's own record is none");
            }
            submission.add(text, line);
            next++;
        }
    }

    private LogRecord refusal(String reason) {
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
