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

/**
 * What the registry writes down before anybody is told of it. {@link RollReplay} says what a series of them amounts to.
 */
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
    /** A durable state begins, with nobody on the roll. The journal writes it by itself. */
    record Began(String epoch) implements JournalRecord {
        /** Checks. */
        public Began {
            Objects.requireNonNull(epoch);
        }
    }

    /**
     * An instance registered, or registered again. It stays announced or not as it was before; a new one is not.
     */
    record Registered(long revision, Registration registration) implements JournalRecord {
        /** Checks. */
        public Registered {
            Objects.requireNonNull(registration);
        }
    }

    /** An instance is off the roll: it deregistered or was forgotten. */
    record Removed(long revision, HttpUrl url) implements JournalRecord {
        /** Checks. */
        public Removed {
            Objects.requireNonNull(url);
        }
    }

    /**
     * From this revision on an instance is announced to its dependants, or is so no longer.
     *
     * @param service as whose provider; it isn't that of the last registration if the same address has registered as
     *     another since, which is written down before it counts. {@code null} in journals of older versions
     */
    record Announced(
            long revision,
            HttpUrl url,
            boolean announced,
            @JsonInclude(Include.NON_NULL) @Nullable ServiceName service) implements JournalRecord {
        /** Checks. */
        public Announced {
            Objects.requireNonNull(url);
        }
    }

    /** What remains of an announcement that was taken back; snapshots have it. */
    record Withdrawn(long revision, Provider provider) implements JournalRecord {
        /** Checks. */
        public Withdrawn {
            Objects.requireNonNull(provider);
        }
    }

    /** Revisions up to this one may have been told to somebody. */
    record Reserved(long revision) implements JournalRecord {}

    /** Every dependant has acknowledged everything up to this revision. */
    record Settled(long revision) implements JournalRecord {}
}
