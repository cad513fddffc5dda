package dev.rollcall.registry;

import dev.rollcall.host.Readers;
import dev.rollcall.http.Answer;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import dev.rollcall.wire.WholeNumber;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The registry's endpoints for those who ask who is here, now or from now on. */
final class AskingRoutes {
    private static final int EVENTS = 100;
    private static final int EVENTS_MAX = 10_000;
    /** What may wait for a slow watcher, besides what it is sent first. */
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final Supplier<RollView> view;
    private final Asking asking;

    private AskingRoutes(Supplier<RollView> view, Asking asking) {
        this.view = view;
        this.asking = asking;
    }

    static Routes over(Supplier<RollView> view, Asking asking) {
        var routes = new AskingRoutes(view, asking);
        return Routes.NONE
                .get("/services", routes::list)
                .get("/services/{name}", routes::providers)
                .get("/services/watch", routes::watch)
                .get("/services/targets", routes::targets)
                .get("/events", routes::events);
    }

    private Answer list(Request request) {
        return roll(
                request, new RollQuery(name(request), request.query("health").map(AskingRoutes::health), false));
    }

    private Answer providers(Request request) {
        var name = serviceName(request.pathValue("name"));
        var all = request.query("all").map("true"::equals).orElse(false);
        return roll(request, new RollQuery(Optional.of(name), Optional.empty(), !all));
    }

    private Answer roll(Request request, RollQuery query) {
        var wait = request.query("wait").map(AskingRoutes::wait);
        if (wait.isEmpty()) {
            var view = this.view.get();
            return request.header("If-None-Match").map(view.etag()::equals).orElse(false)
                    ? marked(Answer.empty(304), view)
                    : page(query, view);
        }
        if (asking.polls().isFull() || areConnectionsTaken()) {
            return refusal("too many are waiting; ask without wait");
        }
        return Answer.later(asking.polls()
                .await(knownRevision(request), wait.get())
                .thenApply(changed -> changed ? page(query, view.get()) : marked(Answer.empty(304), view.get())));
    }

    /** Whether those who wait and those who watch leave no more connections than others need. */
    private boolean areConnectionsTaken() {
        return asking.polls().count() + asking.watchers().count() >= HttpHost.liveMax();
    }

    /** Closes the connection, which is one of few. */
    private static Answer refusal(String reason) {
        return Answer.problem(Problem.of(503, "Service unavailable", reason)).with("Connection", "close");
    }

    private Answer page(RollQuery query, RollView view) {
        return marked(Answer.bytes(200, "application/json", asking.page(query, view)), view);
    }

    private static Answer marked(Answer answer, RollView view) {
        return answer.with("ETag", view.etag())
                .with(RegistryHeaders.EPOCH, view.epoch())
                .with(RegistryHeaders.REVISION, Long.toString(view.revision()));
    }

    /** What the caller says it has; nothing that can be waited for, if it says nothing or has it from elsewhere. */
    private long knownRevision(Request request) {
        return request.query("revision")
                .map(AskingRoutes::revision)
                .or(() -> request.header("If-None-Match").flatMap(tag -> RollView.revisionOf(tag, view.get().epoch())))
                .orElse(-1L);
    }

    private Answer watch(Request request) {
        if (asking.watchers().isFull() || areConnectionsTaken()) {
            return refusal("too many are watching");
        }
        var name = name(request);
        var opening = request.header("Last-Event-ID")
                .or(() -> request.query("lastEventId"))
                .flatMap(EventId::parse)
                .flatMap(last -> asking.resumption(name, last))
                .orElseGet(() -> asking.opening(name, view.get()));
        return Answer.live("text/event-stream", opening.bytes().length + QUEUE_BYTES_MAX, stream -> {
                    stream.offer(opening.bytes());
                    asking.watchers().add(stream, name, opening.last());
                })
                .with("Cache-Control", "no-store")
                // nginx would keep events back
                .with("X-Accel-Buffering", "no");
    }

    private Answer targets(Request request) {
        return Answer.json(
                200,
                view.get().entries().stream()
                        .filter(entry -> entry.isAnnounced())
                        .map(Target::of)
                        .toList());
    }

    private Answer events(Request request) {
        var events = asking.latest(request.queryNumber("limit", EVENTS, 1, EVENTS_MAX));
        var accepted = request.header("Accept").orElse("");
        return accepted.contains("text/plain") && !accepted.contains("json")
                ? Answer.text(
                        200,
                        "text/plain",
                        events.stream().map(event -> event.text() + '\n').collect(Collectors.joining()))
                : Answer.json(200, events);
    }

    private static Optional<ServiceName> name(Request request) {
        return request.query("name").map(AskingRoutes::serviceName);
    }

    private static Health health(String word) {
        return Health.ofWord(word)
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
            return Readers.duration(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("wait is " + e.getMessage());
        }
    }

    private static long revision(String text) {
        return WholeNumber.parse(text)
                .orElseThrow(() -> ProblemException.badRequest("revision is a whole number, 0 or more"));
    }
}
