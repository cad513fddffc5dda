package dev.rollcall.registry;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.core.RegistrationBounds;
import dev.rollcall.registry.watch.QueryRoutes;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's endpoints: translates HTTP into calls of the {@link RegistryLoop}. */
public final class RegistryRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryRoutes.class);

    private final RegistryLoop loop;

    private RegistryRoutes(RegistryLoop loop) {
        this.loop = loop;
    }

    public static Routes over(RegistryLoop loop) {
        var routes = new RegistryRoutes(loop);
        return Routes.NONE
                .post("/services", routes::register)
                .delete("/services", routes::deregister)
                .and(QueryRoutes.over(loop::view, loop.rollFeed()));
    }

    private Response register(Request request) throws IOException {
        var skipped = new ArrayList<String>();
        var registration = request.json(Registration.class, skipped::add);
        if (!skipped.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("url", registration.url())
                    .addKeyValue("first", skipped.get(0))
                    .log("a registration requires services that have no name; they are skipped");
        }
        RegistrationBounds.excess(registration).ifPresent(reason -> {
            throw ProblemException.badRequest(reason);
        });
        return respond(loop.register(registration));
    }

    private Response deregister(Request request) throws IOException {
        HttpUrl url;
        try {
            url = HttpUrl.of(request.text());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the body is the ServiceURL and nothing else");
        }
        return respond(loop.deregister(url));
    }

    private Response respond(CompletionStage<Decision> decision) {
        return Response.later(decision.thenApply(this::responseOf));
    }

    private Response responseOf(Decision decision) {
        if (decision instanceof Decision.Done done) {
            return Response.empty(200)
                    .with(RegistryHeaders.EPOCH, loop.epoch())
                    .with(RegistryHeaders.REVISION, Long.toString(done.revision()));
        } else if (decision instanceof Decision.Unavailable unavailable) {
            throw ProblemException.unavailable(unavailable.reason() + "; nothing was done");
        }
        return Response.empty(404);
    }
}
