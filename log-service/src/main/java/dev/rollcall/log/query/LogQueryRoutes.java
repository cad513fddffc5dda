package dev.rollcall.log.query;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.Position;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** {@code GET /log}, {@code GET /log/counts} and {@code GET /log/producers}. */
public final class LogQueryRoutes {
    private static final int BUFFER_BYTES = 32 << 10;
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000_000_000;

    private final InstantSource clock;
    private final QueryLimiter limiter;
    private final FollowRoute follow;
    private final CountsRoute counts;

    private LogQueryRoutes(LogStore store, InstantSource clock, LogFollowers followers, QuerySettings settings) {
        this.clock = clock;
        this.limiter = new QueryLimiter(store, settings);
        this.follow = new FollowRoute(followers, limiter);
        this.counts = new CountsRoute(clock, limiter);
    }

    public static Routes over(LogStore store, InstantSource clock, LogFollowers followers, QuerySettings settings) {
        var routes = new LogQueryRoutes(store, clock, followers, settings);
        return Routes.NONE
                .get("/log", routes::log)
                .get("/log/counts", routes.counts::handle)
                .get("/log/producers", request -> Response.json(200, store.producers()));
    }

    private Response log(Request request) throws IOException {
        var query = LogQuery.of(request, clock.instant());
        var format = AcceptHeader.of(request.header("Accept").orElse("*/*"));
        if (format == LogFormat.EVENTS || isTrue(request, "follow")) {
            return follow.handle(request, query, format);
        }
        var limit = request.queryNumber("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        var around = position(request, "around");
        var stretch = around.isPresent() ? around(query, around.get(), limit) : newest(request, query, limit);
        var response = Response.stream(200, format.contentType(), out -> {
                    var buffered = new BufferedOutputStream(out, BUFFER_BYTES);
                    limiter.read(view -> new RecordWriter(format, buffered, stretch.count())
                            .write(new Search(view, query), stretch.from(), stretch.end()));
                    buffered.flush();
                })
                .with("Vary", "Accept")
                .with("X-Content-Type-Options", "nosniff");
        return stretch.isMoreBefore()
                ? response.with("Log-Cursor", stretch.from().toString())
                : response;
    }

    /** Returns the newest matches, or the newest before the cursor. */
    private Stretch newest(Request request, LogQuery query, int limit) throws IOException {
        var cursor = position(request, "cursor");
        return limiter.read(view -> {
            var end = cursor.orElse(view.end());
            var newest = new BackwardScan(view, query).before(end, limit);
            return new Stretch(newest.start(), end, newest.count(), newest.count() == limit);
        });
    }

    /** Returns the matches stored before and after a record. */
    private Stretch around(LogQuery query, Position id, int limit) throws IOException {
        return limiter.read(view -> {
            if (!new RecordLocator(view).isRecord(id)) {
                throw ProblemException.notFound("there is no record " + id + ", or it was deleted");
            }
            var before = limit / 2;
            var newest = new BackwardScan(view, query).before(id, before);
            var isMoreBefore = before > 0 && newest.count() == before;
            return new Stretch(newest.start(), view.end(), newest.count() + limit - before, isMoreBefore);
        });
    }

    static Optional<Position> position(Request request, String name) {
        return request.query(name)
                .filter(text -> !text.isEmpty())
                .map(text -> Position.of(text)
                        .orElseThrow(
                                () -> ProblemException.badRequest(name + " is the id of a record, such as 12-48213")));
    }

    private static boolean isTrue(Request request, String name) {
        return switch (request.query(name).orElse("false")) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw ProblemException.badRequest(name + " is true or false");
        };
    }

    /**
     * The range of a response.
     *
     * @param count how many records at most
     * @param isMoreBefore whether {@code from} is the cursor for older records
     */
    private record Stretch(Position from, Position end, long count, boolean isMoreBefore) {}
}
