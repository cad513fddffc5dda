package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances in the order of registration, and the roll's revision, which each change raises by one. Not
 * thread-safe.
 */
final class Roll {
    private final String epoch;
    private final InstantSource wallClock;
    private final Effects effects;
    private final Map<HttpUrl, Instance> instances = new LinkedHashMap<>();
    private long revision;
    private long bytes;

    Roll(String epoch, InstantSource wallClock, Effects effects) {
        this.epoch = epoch;
        this.wallClock = wallClock;
        this.effects = effects;
    }

    String epoch() {
        return epoch;
    }

    long revision() {
        return revision;
    }

    /** Sets the revision to continue from, before the first change. */
    void continueFrom(long last) {
        revision = last;
    }

    /** Returns the instance of an address; {@code null} if there is none. */
    @Nullable
    Instance find(HttpUrl url) {
        return instances.get(url);
    }

    /** Returns whether this very instance is on the roll. */
    boolean has(Instance instance) {
        return find(instance.url()) == instance;
    }

    boolean has(HttpUrl url) {
        return instances.containsKey(url);
    }

    int size() {
        return instances.size();
    }

    /** Returns a copy of all instances. */
    List<Instance> all() {
        return List.copyOf(instances.values());
    }

    /** Returns whether another instance matches. */
    boolean hasOther(Instance instance, Predicate<Instance> matcher) {
        return instances.values().stream().anyMatch(other -> other != instance && matcher.test(other));
    }

    void add(Instance instance) {
        instances.put(instance.url(), instance);
        countIn(instance);
    }

    void remove(Instance instance) {
        if (instances.remove(instance.url()) != null) {
            countOut(instance);
        }
    }

    /** Subtracts the bytes of a registration that is about to be replaced. */
    void countOut(Instance instance) {
        bytes -= RegistrationBounds.bytes(instance.registration());
    }

    /** Adds the bytes of a registration that has replaced another. */
    void countIn(Instance instance) {
        bytes += RegistrationBounds.bytes(instance.registration());
    }

    /** Returns the bytes of all registrations if this one were added. */
    long bytesWith(Registration registration) {
        var known = find(registration.url());
        var replaced = known == null ? 0 : RegistrationBounds.bytes(known.registration());
        return bytes + RegistrationBounds.bytes(registration) - replaced;
    }

    /** Returns the wall time, for display only. */
    Instant wallTime() {
        return wallClock.instant();
    }

    /** Raises the revision and publishes a change of an instance. */
    void changed(RollChange.Kind kind, Instance instance, String reason) {
        revision++;
        effects.publish(new RollChange(revision, wallTime(), kind, entryOf(instance), reason));
    }

    /** Publishes a change of health found by a probe. */
    void changedHealth(Instance instance, String reason) {
        changed(kindOf(instance.health()), instance, reason);
    }

    /** Returns a view of the roll as it is now. */
    RollView view(Set<ServiceName> provided) {
        var entries = instances.values().stream().map(Roll::entryOf).toList();
        return new RollView(epoch, revision, entries, provided);
    }

    private static RollView.Entry entryOf(Instance instance) {
        return new RollView.Entry(
                instance.registration(),
                instance.health(),
                instance.isAnnounced(),
                instance.since(),
                instance.lastResponse());
    }

    private static RollChange.Kind kindOf(Health health) {
        return switch (health) {
            case PASSING -> RollChange.Kind.PASSING;
            case SUSPECT -> RollChange.Kind.SUSPECT;
            case EVICTED -> RollChange.Kind.EVICTED;
            case STARTING, UNCHECKED, DRAINING -> throw new IllegalStateException("no probe leads to " + health);
        };
    }
}
