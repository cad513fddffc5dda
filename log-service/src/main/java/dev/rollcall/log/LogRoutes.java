package dev.rollcall.log;

import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.log.line.AnyLine;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.Numbering;
import dev.rollcall.log.store.Receipt;
import dev.rollcall.log.store.Submission;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code POST /log}: takes records in, and answers when they are on disk. */
final class LogRoutes {
    private static final String NDJSON = "application/x-ndjson";
    private static final String ACK = "Log-Ack";
    private static final int VERDICTS_MAX = 1_000;

    private final LogStore store;
    private final BodyRoom room;
    private final InstantSource clock;

    private LogRoutes(LogStore store, BodyRoom room, InstantSource clock) {
        this.store = store;
        this.room = room;
        this.clock = clock;
    }

    /** The routes into a store. */
    static Routes into(LogStore store, BodyRoom room, InstantSource clock) {
        return Routes.NONE.post("/log", new LogRoutes(store, room, clock)::add);
    }

    private Answer add(Request request) throws IOException {
        var taken = room.take(request);
        try {
            // no thread waits for the disk
            return Answer.later(store(request, taken).whenComplete((answer, thrown) -> room.leave(taken)));
        } catch (IOException | RuntimeException | Error e) {
            room.leave(taken);
            throw e;
        }
    }

    private CompletionStage<Answer> store(Request request, byte[] body) throws IOException {
        var length = request.body(body);
        if (length == 0) {
            throw ProblemException.badRequest("the body is empty");
        }
        var numbering = NumberingHeaders.of(request);
        var batch = request.contentType().equals(NDJSON)
                ? Batch.read(body, length, numbering, clock.instant())
                : single(request, new String(body, 0, length, StandardCharsets.UTF_8), numbering);
        var verdicts = batch.verdicts();
        return store.append(batch.submission()).thenApply(receipt -> answer(receipt, verdicts));
    }

    private Batch single(Request request, String body, Optional<Numbering> numbering) {
        var arrival = clock.instant();
        return request.header(RecordHeader.NAME)
                .flatMap(json -> RecordHeader.read(json, request.header(RecordHeader.PLACES), body, numbering, arrival))
                .orElseGet(() -> plain(body, numbering));
    }

    private Batch plain(String body, Optional<Numbering> numbering) {
        var record = PlainLine.read(body, clock.instant());
        if (numbering.isPresent()) {
            var number = numbering.get();
            if (number.count() != 1) {
                throw ProblemException.badRequest("a plain body is one record, Log-Sequence says " + number.count());
            }
            record = record.withSequence(number.first());
        }
        var text = AnyLine.compact(record);
        var line = new LineScanner();
        if (!line.scan(text, 0, text.length)) {
            throw new IllegalStateException("the service's own record is none");
        }
        return new Batch(Submission.from(new byte[0]).add(text, line).build(numbering), List.of());
    }

    private static Answer answer(Receipt receipt, List<Verdict> verdicts) {
        if (receipt instanceof Receipt.Stored stored) {
            var answer = verdicts.isEmpty() ? Answer.empty(200) : Answer.bytes(200, NDJSON, bytesOf(verdicts));
            return stored.ack().isEmpty()
                    ? answer
                    : answer.with(ACK, Long.toString(stored.ack().getAsLong()));
        }
        if (receipt instanceof Receipt.Gap gap) {
            var detail = "sequences after " + gap.ack() + " are missing; nothing was stored";
            return Answer.problem(Problem.of(409, "Sequences missing", detail)).with(ACK, Long.toString(gap.ack()));
        }
        var unavailable = (Receipt.Unavailable) receipt;
        return Answer.problem(Problem.of(503, "Service unavailable", unavailable.reason()));
    }

    private static byte[] bytesOf(List<Verdict> verdicts) {
        var bytes = new ByteArrayOutputStream();
        for (var verdict : verdicts.subList(0, Math.min(verdicts.size(), VERDICTS_MAX))) {
            bytes.writeBytes(Json.bytes(verdict));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
