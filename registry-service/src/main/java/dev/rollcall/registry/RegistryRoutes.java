package dev.rollcall.registry;

import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import java.io.IOException;

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
                .and(AskingRoutes.over(loop));
    }

    private Answer register(Request request) throws IOException {
        var registration = request.json(Registration.class);
        return Answer.later(loop.register(registration).thenApply(revision -> {
            if (revision == null) {
                throw ProblemException.unavailable("the roll is full; nothing was stored");
            }
            return Answer.empty(200)
                    .with(RegistryHeaders.EPOCH, loop.epoch())
                    .with(RegistryHeaders.REVISION, Long.toString(revision));
        }));
    }

    private Answer deregister(Request request) throws IOException {
        HttpUrl url;
        try {
            url = HttpUrl.of(request.text());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the body is the ServiceURL and nothing else");
        }
        return Answer.later(loop.deregister(url).thenApply(known -> Answer.empty(known ? 200 : 404)));
    }
}
