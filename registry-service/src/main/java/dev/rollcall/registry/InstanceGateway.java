package dev.rollcall.registry;

import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.PatchOutcome;
import dev.rollcall.registry.core.PendingPatch;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.outgoing.Outgoing;
import dev.rollcall.wire.RegistryHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renders the registry's probes and patches as HTTP requests and sends them, a bounded number at once. Its methods are
 * called, and its callbacks run, on the {@link SerialExecutor}.
 */
final class InstanceGateway {
    private static final int PROBES_MAX = 512;
    private static final int PATCHES_MAX = 2_048;

    private final RegistrySettings settings;
    private final String epoch;
    private final Outgoing outgoing;
    private final Executor serialExecutor;
    private final ConcurrencyLimit probes = new ConcurrencyLimit(PROBES_MAX);
    private final ConcurrencyLimit patches = new ConcurrencyLimit(PATCHES_MAX);
    private final PatchWriter patchWriter = new PatchWriter();
    private @Nullable PendingPatch lastPatch;
    private Outgoing.Payload lastPayload = Outgoing.Payload.of(Map.of());

    InstanceGateway(RegistrySettings settings, String epoch, Outgoing outgoing, Executor serialExecutor) {
        this.settings = settings;
        this.epoch = epoch;
        this.outgoing = outgoing;
        this.serialExecutor = serialExecutor;
    }

    /** Probes an instance and passes on what the result proves. */
    void probe(Effect.Probe probe, long revision, Consumer<ProbeVerdict> consumer) {
        var headers = revisionHeaders(revision);
        if (!probe.instanceId().isEmpty()) {
            headers.put(RegistryHeaders.INSTANCE, probe.instanceId());
        }
        var request = new Outgoing.Request("GET", probe.heartbeatUrl(), Outgoing.Payload.of(headers));
        probes.submit(() -> outgoing.send(
                request,
                settings.heartbeatLimit(),
                result -> serialExecutor.execute(() -> {
                    probes.release();
                    consumer.accept(ResultInterpreter.verdict(result, probe.instanceId(), settings.heartbeatLimit()));
                })));
    }

    /** Posts a patch and passes on its outcome. */
    void send(Effect.Send send, Consumer<PatchOutcome> consumer) {
        var request = new Outgoing.Request("POST", send.updateUrl(), payloadOf(send.patch()));
        patches.submit(() -> outgoing.send(
                request,
                settings.patchLimit(),
                result -> serialExecutor.execute(() -> {
                    patches.release();
                    consumer.accept(ResultInterpreter.outcome(result));
                })));
    }

    /** Renders a patch once when it goes to thousands of dependants in a row. */
    private Outgoing.Payload payloadOf(PendingPatch pendingPatch) {
        if (!pendingPatch.equals(lastPatch)) {
            lastPayload = render(pendingPatch);
            lastPatch = pendingPatch;
        }
        return lastPayload;
    }

    private Outgoing.Payload render(PendingPatch pendingPatch) {
        var headers = revisionHeaders(pendingPatch.revision());
        headers.put("Content-Type", "application/json");
        headers.put(RegistryHeaders.PREVIOUS_REVISION, Long.toString(pendingPatch.previousRevision()));
        if (pendingPatch.snapshot()) {
            headers.put(RegistryHeaders.PATCH, RegistryHeaders.SNAPSHOT);
        }
        return Outgoing.Payload.of(headers, patchWriter.write(pendingPatch.patch()));
    }

    private Map<String, String> revisionHeaders(long revision) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(RegistryHeaders.EPOCH, epoch);
        headers.put(RegistryHeaders.REVISION, Long.toString(revision));
        return headers;
    }
}
