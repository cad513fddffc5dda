package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.store.AppendRequest;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.wire.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Many records in one body, one JSON object a line; empty lines count for nothing.
 *
 * @param appendRequest what is to be stored
 * @param rejectedLines the lines that were refused
 */
record LogBatch(AppendRequest appendRequest, List<RejectedLine> rejectedLines) {
    private static final int LINES_MAX = 50_000;

    /** Copies. */
    LogBatch {
        rejectedLines = List.copyOf(rejectedLines);
    }

    /**
     * Reads a body, which nobody changes before it is stored. In the place of a numbered line that is refused, a record that says so is stored, so that the
     * producer's sequences have no hole.
     *
     * @param length how much of the array it is
     * @throws ProblemException 400 if no line is good, or the records have not the sequences that the numbering says; 413
     *     for more than 50,000 lines
     */
    static LogBatch read(byte[] body, int length, Optional<Numbering> numbering, Instant arrival) {
        var reading = new BatchParser(body, numbering, arrival);
        var start = 0;
        for (var i = 0; i <= length; i++) {
            if (i == length || body[i] == '\n') {
                reading.line(start, i);
                start = i + 1;
            }
        }
        if (reading.lines() > LINES_MAX) {
            throw new ProblemException(
                    Problem.of(413, "Content too large", "a batch has at most " + LINES_MAX + " lines"));
        }
        return reading.end();
    }
}
