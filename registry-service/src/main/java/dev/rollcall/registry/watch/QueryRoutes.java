package dev.rollcall.registry.watch;

import dev.rollcall.host.SettingParsers;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import dev.rollcall.wire.WholeNumber;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The registry's endpoints for queries, long polls and watches of the roll. */
public final class QueryRoutes {
    private static final int EVENTS_DEFAULT = 100;
    private static final int EVENTS_MAX = 10_000;
    /** How much may be pending for a slow watcher, besides its first bytes. */
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final Supplier<RollView> view;
    private final RollFeed rollFeed;

    private QueryRoutes(Supplier<RollView> view, RollFeed rollFeed) {
        this.view = view;
        this.rollFeed = rollFeed;
    }

    public static Routes over(Supplier<RollView> view, RollFeed rollFeed) {
        var routes = new QueryRoutes(view, rollFeed);
        return Routes.NONE
                .get("/services", routes::list)
                .get("/services/{name}", routes::providers)
                .get("/services/watch", routes::watch)
                .get("/services/targets", routes::targets)
                .get("/events", routes::events);
    }

    private Response list(Request request) {
        return roll(
                request, new RollQuery(name(request), request.query("health").map(QueryRoutes::health), false));
    }

    private Response providers(Request request) {
        var name = serviceName(request.pathValue("name"));
        var all = request.query("all").map("true"::equals).orElse(false);
        return roll(request, new RollQuery(Optional.of(name), Optional.empty(), !all));
    }

    private Response roll(Request request, RollQuery query) {
        var wait = request.query("wait").map(QueryRoutes::wait);
        if (wait.isEmpty()) {
            var view = this.view.get();
            return request.header("If-None-Match").map(view.etag()::equals).orElse(false)
                    ? marked(Response.empty(304), view)
                    : page(query, view);
        }
        if (rollFeed.polls().isFull() || areConnectionsUsedUp()) {
            return refusal("too many long polls are pending; retry without wait");
        }
        return Response.later(rollFeed.polls()
                .await(knownRevision(request), wait.get())
                .thenApply(changed -> changed ? page(query, view.get()) : marked(Response.empty(304), view.get())));
    }

    /** Returns whether long polls and watchers leave no more connections than other requests need. */
    private boolean areConnectionsUsedUp() {
        return rollFeed.polls().count() + rollFeed.watchers().count() >= HttpHost.liveMax();
    }

    /** Refuses and closes the connection, which is one of few. */
    private static Response refusal(String reason) {
        return Response.problem(Problem.of(503, "Service unavailable", reason)).with("Connection", "close");
    }

    private Response page(RollQuery query, RollView view) {
        return marked(Response.bytes(200, "application/json", rollFeed.page(query, view)), view);
    }

    private static Response marked(Response response, RollView view) {
        return response.with("ETag", view.etag())
                .with(RegistryHeaders.EPOCH, view.epoch())
                .with(RegistryHeaders.REVISION, Long.toString(view.revision()));
    }

    /**
     * Returns the revision that the client has; -1, which responds at once, if it gives none or one of another epoch.
     */
    private long knownRevision(Request request) {
        return request.query("revision")
                .map(QueryRoutes::revision)
                .or(() -> request.header("If-None-Match")
                        .flatMap(tag -> RollView.revisionOf(tag, view.get().epoch())))
                .orElse(-1L);
    }

    private Response watch(Request request) {
        if (rollFeed.watchers().isFull() || areConnectionsUsedUp()) {
            return refusal("too many watchers are connected; retry later");
        }
        var name = name(request);
        var opening = request.header("Last-Event-ID")
                .or(() -> request.query("lastEventId"))
                .flatMap(EventId::parse)
                .flatMap(last -> rollFeed.resumption(name, last))
                .orElseGet(() -> rollFeed.opening(name, view.get()));
        return Response.live("text/event-stream", opening.bytes().length + QUEUE_BYTES_MAX, stream -> {
                    stream.offer(opening.bytes());
                    rollFeed.watchers().add(stream, name, opening.last());
                })
                .with("Cache-Control", "no-store")
                // nginx would buffer events
                .with("X-Accel-Buffering", "no");
    }

    private Response targets(Request request) {
        return Response.json(
                200,
                view.get().entries().stream()
                        .filter(RollView.Entry::isAnnounced)
                        .map(PrometheusTarget::of)
                        .toList());
    }

    private Response events(Request request) {
        var events = rollFeed.latest(request.queryNumber("limit", EVENTS_DEFAULT, 1, EVENTS_MAX));
        var accepted = request.header("Accept").orElse("");
        return accepted.contains("text/plain") && !accepted.contains("json")
                ? Response.text(
                        200,
                        "text/plain",
                        events.stream().map(event -> event.text() + '\n').collect(Collectors.joining()))
                : Response.json(200, events);
    }

    private static Optional<ServiceName> name(Request request) {
        return request.query("name").map(QueryRoutes::serviceName);
    }

    private static Health health(String word) {
        return Health.parse(word)
                .orElseThrow(() -> ProblemException.badRequest("health is one of "
                        + Arrays.stream(Health.values()).map(Health::word).collect(Collectors.joining(", "))));
    }

    private static ServiceName serviceName(String text) {
        try {
            return new ServiceName(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Duration wait(String text) {
        try {
            return SettingParsers.duration(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("wait is " + e.getMessage());
        }
    }

    private static long revision(String text) {
        return WholeNumber.parse(text)
                .orElseThrow(() -> ProblemException.badRequest("revision is a whole number, 0 or more"));
    }
}
