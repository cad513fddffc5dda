package dev.rollcall.registry.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done, in the order in which it was decided. Each check and each sending gets a number, by which what
 * became of it is told from what became of an earlier one. Not thread-safe.
 */
final class Effects {
    private List<Effect> decided = new ArrayList<>();
    private long attempts;

    /** All that was decided since this was asked last. */
    List<Effect> drain() {
        if (decided.isEmpty()) {
            return List.of();
        }
        var taken = decided;
        decided = new ArrayList<>();
        return taken;
    }

    /** Answers the registration that waits, if one does. */
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

    /** Asks an instance for its heartbeat, which it must have. */
    void probe(Instance instance) {
        var attempt = ++attempts;
        instance.probeStarted(attempt);
        var registration = instance.registration();
        decided.add(new Effect.Probe(
                instance.url(), registration.findHeartbeatUrl().orElseThrow(), registration.instanceId(), attempt));
    }

    /** Sends a dependant, which must be told, a letter. */
    void send(Instance instance, Mailbox.PendingPatch pendingPatch) {
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
