package dev.rollcall.log.query;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /log?follow=true}: streams records like {@code tail -f}. */
final class FollowRoute {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100_000;
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final LogFollowers followers;
    private final QueryLimiter limiter;

    FollowRoute(LogFollowers followers, QueryLimiter limiter) {
        this.followers = followers;
        this.limiter = limiter;
    }

    Response handle(Request request, LogQuery query, LogFormat format) throws IOException {
        if (format == LogFormat.JSON) {
            throw ProblemException.badRequest(
                    "a follower gets text/plain, application/x-ndjson or text/event-stream, not an array");
        }
        if (followers.isFull()) {
            throw ProblemException.unavailable("too many followers");
        }
        var from = start(request, query);
        return Response.live(
                        format.contentType(), QUEUE_BYTES_MAX, stream -> followers.add(stream, query, format, from))
                .with("Vary", "Accept")
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-cache");
    }

    /** Returns the position after the client's last record, or before the newest {@code limit} records. */
    private Position start(Request request, LogQuery query) throws IOException {
        var limit = request.queryNumber("limit", LIMIT_DEFAULT, 0, LIMIT_MAX);
        var last = lastEvent(request);
        return limiter.read(view -> {
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
