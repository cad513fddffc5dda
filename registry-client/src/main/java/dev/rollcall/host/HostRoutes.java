package dev.rollcall.host;

import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.WholeNumber;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** What the registry asks of every registered instance: the heartbeat, and patches. */
final class HostRoutes {
    private final Providers providers;
    private final String instanceId;
    private final Consumer<Boolean> onHeartbeat;

    /**
     * Routes.
     *
     * @param onHeartbeat is told whether it is an extended registry that probes
     */
    HostRoutes(Providers providers, String instanceId, Consumer<Boolean> onHeartbeat) {
        this.providers = providers;
        this.instanceId = instanceId;
        this.onHeartbeat = onHeartbeat;
    }

    Routes routes() {
        return Routes.NONE.get("/heartbeat", this::heartbeat).post("/services", this::patch);
    }

    private Answer heartbeat(Request request) {
        onHeartbeat.accept(request.header(RegistryHeaders.EPOCH).isPresent());
        var answer = Answer.empty(200).with(RegistryHeaders.INSTANCE, instanceId);
        return providers
                .revision()
                .map(view -> answer.with(RegistryHeaders.VIEW, view))
                .orElse(answer);
    }

    private Answer patch(Request request) throws IOException {
        var patch = request.json(Patch.class);
        var snapshot = request.header(RegistryHeaders.PATCH)
                .map(RegistryHeaders.SNAPSHOT::equals)
                .orElse(false);
        return Answer.empty(providers.apply(new ReceivedPatch(patch, revisions(request), snapshot)) ? 200 : 409);
    }

    private static Optional<Revisions> revisions(Request request) {
        return request.header(RegistryHeaders.EPOCH)
                .map(epoch -> new Revisions(
                        epoch,
                        number(request, RegistryHeaders.REVISION),
                        number(request, RegistryHeaders.PREVIOUS_REVISION)));
    }

    private static long number(Request request, String header) {
        return WholeNumber.parse(request.header(header).orElse("0"))
                .orElseThrow(() -> ProblemException.badRequest(header + " is a whole number"));
    }
}
