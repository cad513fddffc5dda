package dev.rollcall.log.query;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /log?follow=true}: as {@code tail -f}. */
final class FollowRoute {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100_000;
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final LogFollowers logFollowers;
    private final QueryLimiter turns;

    FollowRoute(LogFollowers logFollowers, QueryLimiter turns) {
        this.logFollowers = logFollowers;
        this.turns = turns;
    }

    Response answer(Request request, LogQuery query, LogFormat format) throws IOException {
        if (format == LogFormat.JSON) {
            throw ProblemException.badRequest(
                    "who follows gets text/plain, application/x-ndjson or text/event-stream, not an array");
        }
        if (logFollowers.isFull()) {
            throw ProblemException.unavailable("too many follow the log");
        }
        var from = start(request, query);
        return Response.live(
                        format.contentType(), QUEUE_BYTES_MAX, stream -> logFollowers.add(stream, query, format, from))
                .with("Vary", "Accept")
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-cache");
    }

    /** Behind the record that he had last, or as many before now as he asks for. */
    private Position start(Request request, LogQuery query) throws IOException {
        var limit = request.queryNumber("limit", LIMIT_DEFAULT, 0, LIMIT_MAX);
        var last = lastEvent(request);
        return turns.read(view -> {
            if (last.isPresent()) {
                return new RecordLocator(view).after(last.get());
            }
            return new BackwardScan(view, query).before(view.end(), limit).start();
        });
    }

    private static Optional<Position> lastEvent(Request request) {
        var header = request.header("Last-Event-ID").filter(text -> !text.isEmpty());
        return header.isEmpty()
                ? LogQueryRoutes.position(request, "lastEventId")
                : header.map(text -> Position.of(text)
                        .orElseThrow(() -> ProblemException.badRequest("Last-Event-ID is the id of an event")));
    }
}
