package dev.rollcall.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The registry's endpoints: translates HTTP into calls of the {@link RegistryLoop}. */
final class RegistryRoutes {
    private final RegistryLoop loop;

    private RegistryRoutes(RegistryLoop loop) {
        this.loop = loop;
    }

    static Routes over(RegistryLoop loop) {
        var routes = new RegistryRoutes(loop);
        return Routes.NONE
                .post("/services", routes::register)
                .delete("/services", routes::deregister)
                .get("/services", routes::list)
                .get("/services/{name}", routes::providers);
    }

    private Answer register(Request request) throws IOException {
        return answer(loop.register(request.json(Registration.class)));
    }

    private Answer deregister(Request request) throws IOException {
        HttpUrl url;
        try {
            url = HttpUrl.of(request.text());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the body is the ServiceURL and nothing else");
        }
        return answer(loop.deregister(url));
    }

    private Answer answer(CompletionStage<Decision> decision) {
        return Answer.later(decision.thenApply(this::answerOf));
    }

    private Answer answerOf(Decision decision) {
        if (decision instanceof Decision.Done done) {
            return Answer.empty(200)
                    .with(RegistryHeaders.EPOCH, loop.epoch())
                    .with(RegistryHeaders.REVISION, Long.toString(done.revision()));
        } else if (decision instanceof Decision.Unavailable unavailable) {
            throw ProblemException.unavailable(unavailable.why() + "; nothing was done");
        }
        return Answer.empty(404);
    }

    private Answer list(Request request) {
        var name = request.query("name");
        var health = request.query("health").map(RegistryRoutes::health);
        return entries(
                request,
                e -> name.map(e.registration().name().value()::equals).orElse(true)
                        && health.map(e.health()::equals).orElse(true));
    }

    private Answer providers(Request request) {
        var name = serviceName(request.pathValue("name"));
        var all = request.query("all").map("true"::equals).orElse(false);
        return entries(
                request,
                e -> e.registration().name().equals(name) && (all || e.health().isAnnounced()));
    }

    private Answer entries(Request request, Predicate<RollView.Entry> wanted) {
        var view = loop.view();
        var isKnown = request.header("If-None-Match").map(view.etag()::equals).orElse(false);
        if (isKnown) {
            return Answer.empty(304).with("ETag", view.etag());
        }
        var lines = view.entries().stream()
                .filter(wanted)
                .map(e -> Line.of(e, view))
                .toList();
        return Answer.json(200, lines)
                .with("ETag", view.etag())
                .with(RegistryHeaders.EPOCH, view.epoch())
                .with(RegistryHeaders.REVISION, Long.toString(view.revision()));
    }

    private static Health health(String word) {
        return Health.ofWord(word)
                .orElseThrow(() ->
                        ProblemException.badRequest("health is one of unchecked, starting, passing, suspect, evicted"));
    }

    private static ServiceName serviceName(String text) {
        try {
            return new ServiceName(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    @JsonPropertyOrder({
        "ServiceName",
        "ServiceURL",
        "InstanceID",
        "Health",
        "Since",
        "LastAnswer",
        "RequiredServices",
        "Missing",
        "Metadata"
    })
    private record Line(
            @JsonProperty("ServiceName") ServiceName name,
            @JsonProperty("ServiceURL") HttpUrl url,
            @JsonProperty("InstanceID") String instanceId,
            @JsonProperty("Health") Health health,
            @JsonProperty("Since") Instant since,

            @JsonProperty("LastAnswer") @JsonInclude(Include.NON_NULL) @Nullable
            Instant lastAnswer,

            @JsonProperty("RequiredServices") List<ServiceName> requires,
            @JsonProperty("Missing") List<ServiceName> missing,
            @JsonProperty("Metadata") Map<String, String> metadata) {
        static Line of(RollView.Entry entry, RollView view) {
            var registration = entry.registration();
            return new Line(
                    registration.name(),
                    registration.url(),
                    registration.instanceId(),
                    entry.health(),
                    entry.since(),
                    entry.lastAnswer().get().orElse(null),
                    registration.requires(),
                    view.missing(entry),
                    registration.metadata());
        }
    }
}
