package dev.rollcall.log.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.wire.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /log/counts}: the number of records of each level over time. */
final class CountsRoute {
    private static final int BUCKETS_DEFAULT = 60;
    private static final int BUCKETS_MAX = 1_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;
    private final QueryLimiter limiter;

    CountsRoute(InstantSource clock, QueryLimiter limiter) {
        this.clock = clock;
        this.limiter = limiter;
    }

    Response handle(Request request) throws IOException {
        var now = clock.instant();
        var requested = LogQuery.of(request, now);
        var buckets = request.queryNumber("buckets", BUCKETS_DEFAULT, 1, BUCKETS_MAX);
        var until = requested.until().equals(Instant.MAX) ? now : requested.until();
        var since = requested.since().equals(Instant.MIN) ? until.minus(HOUR) : requested.since();
        var begins = CountQuery.begins(since, until, buckets);
        if (begins.isEmpty()) {
            throw ProblemException.badRequest("since is before until");
        }
        var counts = limiter.read(view -> {
            var counter = new CountQuery(view, requested, until, begins);
            return counts(counter.count(), counter.unreadable(), begins, until);
        });
        return Response.json(200, counts).with("Cache-Control", "no-cache");
    }

    private static Counts counts(long[][] counts, long unreadable, List<Instant> begins, Instant until) {
        var buckets = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < counts.length; i++) {
            var bucket = new LinkedHashMap<String, Object>();
            bucket.put("since", begins.get(i));
            for (var severity : Severity.ALL) {
                bucket.put(severity.name(), counts[i][severity.rank()]);
            }
            buckets.add(bucket);
        }
        return new Counts(begins.get(0), until, unreadable, buckets);
    }

    @JsonPropertyOrder({"since", "until", "unreadable", "buckets"})
    private record Counts(
            Instant since,
            Instant until,
            @JsonInclude(Include.NON_DEFAULT) long unreadable,
            List<Map<String, Object>> buckets) {}
}
