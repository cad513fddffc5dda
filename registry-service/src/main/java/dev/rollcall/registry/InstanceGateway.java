package dev.rollcall.registry;

import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.Mailbox;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.outgoing.Outgoing;
import dev.rollcall.wire.RegistryHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Words the registry's heartbeats and patches and has them sent, so many at once and no more. Used in turns; what
 * became of them is told in turns too.
 */
final class InstanceGateway {
    private static final int CHECKS_MAX = 512;
    private static final int SENDINGS_MAX = 2_048;

    private final RegistrySettings settings;
    private final String epoch;
    private final Outgoing outgoing;
    private final Executor turns;
    private final ConcurrencyLimit checks = new ConcurrencyLimit(CHECKS_MAX);
    private final ConcurrencyLimit sendings = new ConcurrencyLimit(SENDINGS_MAX);
    private final PatchWriter patchWriter = new PatchWriter();
    private Mailbox.@Nullable PendingPatch lastLetter;
    private Outgoing.Payload lastTail = Outgoing.Payload.of(Map.of());

    InstanceGateway(RegistrySettings settings, String epoch, Outgoing outgoing, Executor turns) {
        this.settings = settings;
        this.epoch = epoch;
        this.outgoing = outgoing;
        this.turns = turns;
    }

    /** Asks an instance for its heartbeat, and tells what that proves. */
    void probe(Effect.Probe probe, long revision, Consumer<ProbeVerdict> then) {
        var headers = revisionHeaders(revision);
        if (!probe.instanceId().isEmpty()) {
            headers.put(RegistryHeaders.INSTANCE, probe.instanceId());
        }
        var request = new Outgoing.Request("GET", probe.heartbeatUrl(), Outgoing.Payload.of(headers));
        checks.submit(() -> outgoing.send(
                request,
                settings.heartbeatLimit(),
                result -> turns.execute(() -> {
                    checks.release();
                    then.accept(ResultInterpreter.verdict(result, probe.instanceId(), settings.heartbeatLimit()));
                })));
    }

    /** Posts a patch, and tells what became of it. */
    void send(Effect.Send send, Consumer<Mailbox.Delivery> then) {
        var request = new Outgoing.Request("POST", send.updateUrl(), tailOf(send.patch()));
        sendings.submit(() -> outgoing.send(
                request,
                settings.patchLimit(),
                result -> turns.execute(() -> {
                    sendings.release();
                    then.accept(ResultInterpreter.delivery(result));
                })));
    }

    /** Of the same letter, which thousands may get one after the other, it is rendered once. */
    private Outgoing.Payload tailOf(Mailbox.PendingPatch pendingPatch) {
        if (!pendingPatch.equals(lastLetter)) {
            lastTail = render(pendingPatch);
            lastLetter = pendingPatch;
        }
        return lastTail;
    }

    private Outgoing.Payload render(Mailbox.PendingPatch pendingPatch) {
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
