package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.net.URI;

/** What {@link RegistryCore} wants done. The results of probes and sends are passed back with the same attempt. */
public sealed interface Effect {
    /** Probe an instance. */
    record Probe(HttpUrl instance, URI heartbeatUrl, String instanceId, long attempt) implements Effect {}

    /** Post a patch to a dependant. */
    record Send(HttpUrl dependant, URI updateUrl, boolean isExtended, PendingPatch patch, long attempt)
            implements Effect {}

    /** Respond to a registration or deregistration, whether its patches were acknowledged, failed or take too long. */
    record Complete(long ticket) implements Effect {}

    /** Write a record that is needed after a restart; no caller waits for it. */
    record Persist(JournalRecord record) implements Effect {}

    /** Publish a change. */
    record Publish(RollChange change) implements Effect {}
}
