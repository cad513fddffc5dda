package dev.rollcall.registry.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the effects in the order in which they were decided. Each probe and each send gets a number, which tells its
 * result from that of an earlier attempt. Not thread-safe.
 */
final class Effects {
    private List<Effect> decided = new ArrayList<>();
    private long attempts;

    /** Returns and removes the collected effects. */
    List<Effect> drain() {
        if (decided.isEmpty()) {
            return List.of();
        }
        var drained = decided;
        decided = new ArrayList<>();
        return drained;
    }

    /** Completes the pending registration, if there is one. */
    void complete(Instance instance) {
        instance.pollTicket().ifPresent(this::complete);
    }

    void complete(long ticket) {
        decided.add(new Effect.Complete(ticket));
    }

    void persist(JournalRecord record) {
        decided.add(new Effect.Persist(record));
    }

    void publish(RollChange rollChange) {
        decided.add(new Effect.Publish(rollChange));
    }

    /** Probes an instance that has a HeartbeatURL. */
    void probe(Instance instance) {
        var attempt = ++attempts;
        instance.probeStarted(attempt);
        var registration = instance.registration();
        decided.add(new Effect.Probe(
                instance.url(), registration.findHeartbeatUrl().orElseThrow(), registration.instanceId(), attempt));
    }

    /** Sends a patch to an instance that has a ServiceUpdateURL. */
    void send(Instance instance, PendingPatch pendingPatch) {
        var attempt = ++attempts;
        instance.sendStarted(attempt);
        decided.add(new Effect.Send(
                instance.url(),
                instance.registration().findUpdateUrl().orElseThrow(),
                instance.registration().isExtended(),
                pendingPatch,
                attempt));
    }
}
