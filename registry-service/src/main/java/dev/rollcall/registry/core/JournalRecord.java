package dev.rollcall.registry.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the registry writes to disk before it notifies any client. {@link RollReplay} replays a series of records. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "began", value = JournalRecord.Began.class),
    @JsonSubTypes.Type(name = "registered", value = JournalRecord.Registered.class),
    @JsonSubTypes.Type(name = "removed", value = JournalRecord.Removed.class),
    @JsonSubTypes.Type(name = "announced", value = JournalRecord.Announced.class),
    @JsonSubTypes.Type(name = "withdrawn", value = JournalRecord.Withdrawn.class),
    @JsonSubTypes.Type(name = "reserved", value = JournalRecord.Reserved.class),
    @JsonSubTypes.Type(name = "settled", value = JournalRecord.Settled.class)
})
public sealed interface JournalRecord {
    /** The start of a durable state with an empty roll. Written by the journal itself. */
    record Began(String epoch) implements JournalRecord {
        public Began {
            if (epoch.isEmpty()) {
                throw new IllegalArgumentException("a durable state has an epoch");
            }
        }
    }

    /** An instance registered, or registered again. It stays announced or not as before; a new one is not announced. */
    record Registered(long revision, Registration registration) implements JournalRecord {
        public Registered {
            Objects.requireNonNull(registration);
        }
    }

    /** An instance was removed from the roll: it deregistered or was forgotten. */
    record Removed(long revision, HttpUrl url) implements JournalRecord {
        public Removed {
            Objects.requireNonNull(url);
        }
    }

    /**
     * From this revision on, an instance is announced to its dependants, or no longer announced.
     *
     * @param service the service it is announced as; it differs from that of the last registration if the address has
     *     registered as another service since, which is written before it takes effect. {@code null} in journals of
     *     older versions
     */
    record Announced(
            long revision,
            HttpUrl url,
            boolean announced,
            @JsonInclude(Include.NON_NULL) @Nullable ServiceName service) implements JournalRecord {
        public Announced {
            Objects.requireNonNull(url);
        }
    }

    /** A withdrawn announcement; part of snapshots. */
    record Withdrawn(long revision, Provider provider) implements JournalRecord {
        public Withdrawn {
            Objects.requireNonNull(provider);
        }
    }

    /** Revisions up to this one may have been sent to a client. */
    record Reserved(long revision) implements JournalRecord {}

    /** Every dependant has acknowledged everything up to this revision. */
    record Settled(long revision) implements JournalRecord {}
}
