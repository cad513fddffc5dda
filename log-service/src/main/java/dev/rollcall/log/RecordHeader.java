package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.line.AnyLine;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;

/** {@code Log-Record}: what a plain body says, with all its fields. */
final class RecordHeader {
    static final String NAME = "Log-Record";

    private RecordHeader() {}

    /** The record, as the only one of a batch; empty if it is none, or not the one that is numbered so. */
    static Optional<Batch> read(String json, Optional<Numbering> numbering, Instant arrival) {
        try {
            var line = AnyLine.compact(Json.read(json, LogRecord.class));
            var batch = Batch.read(line, line.length, numbering, arrival);
            return batch.verdicts().isEmpty() ? Optional.of(batch) : Optional.empty();
        } catch (MalformedJsonException | ProblemException e) {
            // the body is still there
            return Optional.empty();
        }
    }
}
