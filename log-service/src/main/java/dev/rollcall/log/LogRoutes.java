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

/** {@code POST /log}: stores records and responds when they are on disk. */
final class LogRoutes {
    private static final String NDJSON = "application/x-ndjson";
    private static final String ACK = "Log-Ack";
    private static final int REJECTED_LINES_MAX = 1_000;

    private final LogStore store;
    private final BodyMemory memory;
    private final InstantSource clock;

    private LogRoutes(LogStore store, BodyMemory memory, InstantSource clock) {
        this.store = store;
        this.memory = memory;
        this.clock = clock;
    }

    static Routes into(LogStore store, BodyMemory memory, InstantSource clock) {
        return Routes.NONE.post("/log", new LogRoutes(store, memory, clock)::add);
    }

    private Response add(Request request) throws IOException {
        var body = memory.acquire(request);
        try {
            // no thread blocks on the disk
            return Response.later(store(request, body).whenComplete((response, thrown) -> memory.release(body)));
        } catch (IOException | RuntimeException | Error e) {
            memory.release(body);
            throw e;
        }
    }

    private CompletionStage<Response> store(Request request, byte[] body) throws IOException {
        var length = request.body(body);
        if (length == 0) {
            throw ProblemException.badRequest("the body is empty");
        }
        var numbering = NumberingHeaders.of(request);
        var batch = request.contentType().equals(NDJSON)
                ? BatchParser.parse(body, length, numbering, clock.instant())
                : single(request, new String(body, 0, length, StandardCharsets.UTF_8), numbering);
        var rejectedLines = batch.rejectedLines();
        return store.append(batch.appendRequest()).thenApply(result -> response(result, rejectedLines));
    }

    private LogBatch single(Request request, String body, Optional<Numbering> numbering) {
        var arrival = clock.instant();
        return request.header(RecordHeaderReader.NAME)
                .flatMap(json -> RecordHeaderReader.read(
                        json, request.header(RecordHeaderReader.TEXT_NAME), body, numbering, arrival))
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
            throw new IllegalStateException("the service's own record is malformed");
        }
        return new LogBatch(AppendRequest.from(new byte[0]).add(text, line).build(numbering), List.of());
    }

    private static Response response(AppendResult result, List<RejectedLine> rejectedLines) {
        if (result instanceof AppendResult.Stored stored) {
            var response =
                    rejectedLines.isEmpty() ? Response.empty(200) : Response.bytes(200, NDJSON, bytesOf(rejectedLines));
            return stored.ack().isEmpty()
                    ? response
                    : response.with(ACK, Long.toString(stored.ack().getAsLong()));
        }
        if (result instanceof AppendResult.Gap gap) {
            var detail = "sequences after " + gap.ack() + " are missing; nothing was stored";
            return Response.problem(Problem.of(409, "Sequences missing", detail))
                    .with(ACK, Long.toString(gap.ack()));
        }
        var unavailable = (AppendResult.Unavailable) result;
        return Response.problem(Problem.of(503, "Service unavailable", unavailable.reason()));
    }

    private static byte[] bytesOf(List<RejectedLine> rejectedLines) {
        var bytes = new ByteArrayOutputStream();
        for (var rejected : rejectedLines.subList(0, Math.min(rejectedLines.size(), REJECTED_LINES_MAX))) {
            bytes.writeBytes(Json.bytes(rejected));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
