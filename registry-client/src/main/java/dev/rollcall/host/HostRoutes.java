package dev.rollcall.host;

import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.WholeNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that the registry calls on every instance: the heartbeat, and patches. */
final class HostRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HostRoutes.class);
    private static final Pattern EPOCH = Pattern.compile("[!-~]{1,200}");

    private final Providers providers;
    private final String instanceId;
    private final Consumer<Boolean> onHeartbeat;

    /**
     * Creates the routes.
     *
     * @param onHeartbeat called with whether an extended registry sent the heartbeat
     */
    HostRoutes(Providers providers, String instanceId, Consumer<Boolean> onHeartbeat) {
        this.providers = providers;
        this.instanceId = instanceId;
        this.onHeartbeat = onHeartbeat;
    }

    Routes routes() {
        return Routes.NONE.get("/heartbeat", this::heartbeat).post("/services", this::patch);
    }

    private Response heartbeat(Request request) {
        onHeartbeat.accept(request.header(RegistryHeaders.EPOCH).isPresent());
        var response = Response.empty(200).with(RegistryHeaders.INSTANCE, instanceId);
        return providers
                .revision()
                .map(view -> response.with(RegistryHeaders.VIEW, view))
                .orElse(response);
    }

    private Response patch(Request request) throws IOException {
        var skipped = new ArrayList<String>();
        var patch = request.json(Patch.class, skipped::add);
        if (!skipped.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("entries", skipped.size())
                    .addKeyValue("first", skipped.get(0))
                    .log("a patch of the registry has invalid entries; they are skipped,"
                            + " check which service registered them");
        }
        var snapshot = request.header(RegistryHeaders.PATCH)
                .map(RegistryHeaders.SNAPSHOT::equals)
                .orElse(false);
        return Response.empty(providers.apply(new ReceivedPatch(patch, revisions(request), snapshot)) ? 200 : 409);
    }

    private static Optional<Revisions> revisions(Request request) {
        return request.header(RegistryHeaders.EPOCH)
                .map(HostRoutes::checkedEpoch)
                .map(epoch -> new Revisions(
                        epoch,
                        number(request, RegistryHeaders.REVISION),
                        number(request, RegistryHeaders.PREVIOUS_REVISION)));
    }

    /** Checks an epoch, which is kept and sent with each heartbeat response. */
    private static String checkedEpoch(String epoch) {
        if (!EPOCH.matcher(epoch).matches()) {
            throw ProblemException.badRequest(RegistryHeaders.EPOCH + " is up to 200 printable ASCII characters");
        }
        return epoch;
    }

    private static long number(Request request, String header) {
        return WholeNumber.parse(request.header(header).orElse("0"))
                .orElseThrow(() -> ProblemException.badRequest(header + " is a whole number"));
    }
}
