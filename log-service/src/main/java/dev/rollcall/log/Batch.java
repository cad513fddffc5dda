package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
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
 * Many records in one body, one JSON object a line; empty lines count for nothing.
 *
 * @param submission what is to be stored
 * @param verdicts the lines that were refused
 */
record Batch(Submission submission, List<Verdict> verdicts) {
    private static final int LINES_MAX = 50_000;

    /** Copies. */
    Batch {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Reads a body. In the place of a numbered line that is refused, a record that says so is stored, so that the
     * producer's sequences have no hole.
     *
     * @throws ProblemException 400 if no line is good, or there are not as many as the numbering says; 413 for more than
     *     50,000 lines
     */
    static Batch read(byte[] body, Optional<Numbering> numbering, Instant arrival) {
        var reading = new Reading(numbering, arrival);
        var start = 0;
        for (var i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                reading.line(body, start, i);
                start = i + 1;
            }
        }
        return reading.end();
    }

    private static final class Reading {
        private final Optional<Numbering> numbering;
        private final Instant arrival;
        private final List<byte[]> lines = new ArrayList<>();
        private final List<Verdict> verdicts = new ArrayList<>();
        private int lineNumber;
        private int count;

        Reading(Optional<Numbering> numbering, Instant arrival) {
            this.numbering = numbering;
            this.arrival = arrival;
        }

        void line(byte[] body, int start, int end) {
            lineNumber++;
            if (isBlank(body, start, end)) {
                return;
            }
            if (count == LINES_MAX) {
                throw new ProblemException(
                        Problem.of(413, "Content too large", "a batch has at most " + LINES_MAX + " lines"));
            }
            var sequence = numbering.map(Numbering::first).orElse(0L) + count;
            count++;
            try {
                accept(Json.read(Arrays.copyOfRange(body, start, end), LogRecord.class), sequence);
            } catch (MalformedJsonException e) {
                refuse(sequence, e.detail());
            }
        }

        Batch end() {
            if (numbering.isPresent() && numbering.get().count() != count) {
                throw ProblemException.badRequest(
                        "Log-Sequence says " + numbering.get().count() + " records, the body has " + count);
            }
            if (verdicts.size() == count) {
                var reason = count == 0
                        ? "the body holds no record"
                        : verdicts.get(0).detail();
                throw ProblemException.badRequest(reason);
            }
            return new Batch(new Submission(numbering, lines), verdicts);
        }

        private void accept(LogRecord record, long sequence) {
            if (numbering.isEmpty()) {
                lines.add(StoredLine.of(record.withSequence(0)));
            } else if (record.sequence() == 0 || record.sequence() == sequence) {
                add(record, sequence);
            } else {
                refuse(sequence, "its sequence is " + record.sequence() + ", by Log-Sequence it is " + sequence);
            }
        }

        private void refuse(long sequence, String reason) {
            verdicts.add(new Verdict(lineNumber, numbering.isPresent() ? sequence : 0, reason));
            if (numbering.isPresent()) {
                add(refusal(reason), sequence);
            }
        }

        private void add(LogRecord record, long sequence) {
            numbering.ifPresent(n -> lines.add(StoredLine.of(record.withSequence(sequence), n.producer())));
        }

        private LogRecord refusal(String reason) {
            return new LogRecord(
                    arrival,
                    ServiceName.LOG.value(),
                    "",
                    "WARN",
                    Batch.class.getName(),
                    "",
                    "a log record was refused: " + reason,
                    "",
                    "",
                    "",
                    Map.of(),
                    0);
        }

        private static boolean isBlank(byte[] body, int start, int end) {
            for (var i = start; i < end; i++) {
                if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                    return false;
                }
            }
            return true;
        }
    }
}
