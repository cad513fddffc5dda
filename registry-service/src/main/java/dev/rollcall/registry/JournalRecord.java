package dev.rollcall.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import java.util.Objects;

/**
 * What the registry writes down before anybody is told of it. {@link RollReplay} says what a series of them amounts to.
 */
@JsonTypeInfo(use = Id.NAME, property = "is")
@JsonSubTypes({
    @Type(name = "began", value = JournalRecord.Began.class),
    @Type(name = "registered", value = JournalRecord.Registered.class),
    @Type(name = "removed", value = JournalRecord.Removed.class),
    @Type(name = "announced", value = JournalRecord.Announced.class),
    @Type(name = "withdrawn", value = JournalRecord.Withdrawn.class),
    @Type(name = "reserved", value = JournalRecord.Reserved.class),
    @Type(name = "settled", value = JournalRecord.Settled.class)
})
sealed interface JournalRecord {
    /** A durable state begins, with nobody on the roll. The journal writes it by itself. */
    record Began(String epoch) implements JournalRecord {
        public Began {
            Objects.requireNonNull(epoch);
        }
    }

    /**
     * An instance registered, or registered again. It stays announced or not as it was before; a new one is not.
     */
    record Registered(long revision, Registration registration) implements JournalRecord {
        public Registered {
            Objects.requireNonNull(registration);
        }
    }

    /** An instance is off the roll: it deregistered or was forgotten. */
    record Removed(long revision, HttpUrl url) implements JournalRecord {
        public Removed {
            Objects.requireNonNull(url);
        }
    }

    /** From this revision on an instance is announced to its dependants, or is so no longer. */
    record Announced(long revision, HttpUrl url, boolean announced) implements JournalRecord {
        public Announced {
            Objects.requireNonNull(url);
        }
    }

    /** What remains of an announcement that was taken back at a revision that isn't settled; snapshots have it. */
    record Withdrawn(long revision, Provider provider) implements JournalRecord {
        public Withdrawn {
            Objects.requireNonNull(provider);
        }
    }

    /** Revisions up to this one may have been told to somebody. */
    record Reserved(long revision) implements JournalRecord {}

    /** Every dependant has acknowledged everything up to this revision. */
    record Settled(long revision) implements JournalRecord {}
}
