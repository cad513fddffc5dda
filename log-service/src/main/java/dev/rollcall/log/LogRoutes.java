package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.store.AppendRequest;
import dev.rollcall.log.store.AppendResult;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.Numbering;
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
    private final BodyMemory room;
    private final InstantSource clock;

    private LogRoutes(LogStore store, BodyMemory room, InstantSource clock) {
        this.store = store;
        this.room = room;
        this.clock = clock;
    }

    /** The routes into a store. */
    static Routes into(LogStore store, BodyMemory room, InstantSource clock) {
        return Routes.NONE.post("/log", new LogRoutes(store, room, clock)::add);
    }

    private Response add(Request request) throws IOException {
        var taken = room.acquire(request);
        try {
            // no thread waits for the disk
            return Response.later(store(request, taken).whenComplete((response, thrown) -> room.release(taken)));
        } catch (IOException | RuntimeException | Error e) {
            room.release(taken);
            throw e;
        }
    }

    private CompletionStage<Response> store(Request request, byte[] body) throws IOException {
        var length = request.body(body);
        if (length == 0) {
            throw ProblemException.badRequest("the body is empty");
        }
        var numbering = NumberingHeaders.of(request);
        var logBatch = request.contentType().equals(NDJSON)
                ? LogBatch.read(body, length, numbering, clock.instant())
                : single(request, new String(body, 0, length, StandardCharsets.UTF_8), numbering);
        var verdicts = logBatch.rejectedLines();
        return store.append(logBatch.appendRequest()).thenApply(appendResult -> answer(appendResult, verdicts));
    }

    private LogBatch single(Request request, String body, Optional<Numbering> numbering) {
        var arrival = clock.instant();
        return request.header(RecordHeaderReader.NAME)
                .flatMap(json -> RecordHeaderReader.read(
                        json, request.header(RecordHeaderReader.PLACES), body, numbering, arrival))
                .orElseGet(() -> plain(body, numbering));
    }

    private LogBatch plain(String body, Optional<Numbering> numbering) {
        var record = PlainLine.read(body, clock.instant());
        if (numbering.isPresent()) {
            var number = numbering.get();
            if (number.count() != 1) {
                throw ProblemException.badRequest("a plain body is one record, Log-Sequence says " + number.count());
            }
            record = record.withSequence(number.first());
        }
        var text = LineNormalizer.compact(record);
        var line = new LineScanner();
        if (!line.scan(text, 0, text.length)) {
            throw new IllegalStateException("the service's own record is none");
        }
        return new LogBatch(AppendRequest.from(new byte[0]).add(text, line).build(numbering), List.of());
    }

    private static Response answer(AppendResult appendResult, List<RejectedLine> verdicts) {
        if (appendResult instanceof AppendResult.Stored stored) {
            var response = verdicts.isEmpty() ? Response.empty(200) : Response.bytes(200, NDJSON, bytesOf(verdicts));
            return stored.ack().isEmpty()
                    ? response
                    : response.with(ACK, Long.toString(stored.ack().getAsLong()));
        }
        if (appendResult instanceof AppendResult.Gap gap) {
            var detail = "sequences after " + gap.ack() + " are missing; nothing was stored";
            return Response.problem(Problem.of(409, "Sequences missing", detail))
                    .with(ACK, Long.toString(gap.ack()));
        }
        var unavailable = (AppendResult.Unavailable) appendResult;
        return Response.problem(Problem.of(503, "Service unavailable", unavailable.reason()));
    }

    private static byte[] bytesOf(List<RejectedLine> verdicts) {
        var bytes = new ByteArrayOutputStream();
        for (var rejectedLine : verdicts.subList(0, Math.min(verdicts.size(), VERDICTS_MAX))) {
            bytes.writeBytes(Json.bytes(rejectedLine));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
