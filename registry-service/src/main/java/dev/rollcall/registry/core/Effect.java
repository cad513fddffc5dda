package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.net.URI;

/** What {@link RegistryCore} wants done. What became of checks and sendings is told to it with the same attempt. */
public sealed interface Effect {
    /** Ask an instance for its heartbeat. */
    record Probe(HttpUrl instance, URI heartbeatUrl, String instanceId, long attempt) implements Effect {}

    /** Post a patch to a dependant. */
    record Send(HttpUrl dependant, URI updateUrl, boolean isExtended, Mailbox.PendingPatch patch, long attempt)
            implements Effect {}

    /** Answer a registration: its first patch is delivered, or has failed, or takes too long. */
    record Complete(long ticket) implements Effect {}

    /** Write down, so that it is known after a restart; nobody waits for it. */
    record Persist(JournalRecord record) implements Effect {}

    /** Say what changed. */
    record Publish(RollChange change) implements Effect {}
}
