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

/** Who is on the roll, in the order of their coming, and its revision, which every change raises by one. Not thread-safe. */
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

    /** Goes on from a revision, before the first change. */
    void continueFrom(long last) {
        revision = last;
    }

    /** The instance of an address; {@code null} if there is none. */
    @Nullable
    Instance find(HttpUrl url) {
        return instances.get(url);
    }

    /** Whether this very instance is on the roll. */
    boolean has(Instance instance) {
        return find(instance.url()) == instance;
    }

    boolean has(HttpUrl url) {
        return instances.containsKey(url);
    }

    int size() {
        return instances.size();
    }

    /** All of them; a copy. */
    List<Instance> all() {
        return List.copyOf(instances.values());
    }

    /** Returns whether another instance than this one is as described. */
    boolean hasOther(Instance than, Predicate<Instance> description) {
        return instances.values().stream().anyMatch(other -> other != than && description.test(other));
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

    /** Counts the bytes of a registration that is about to be replaced no longer. */
    void countOut(Instance instance) {
        bytes -= RegistrationBounds.bytes(instance.registration());
    }

    /** Counts the bytes of a registration that has replaced another. */
    void countIn(Instance instance) {
        bytes += RegistrationBounds.bytes(instance.registration());
    }

    /** Returns how many bytes all registrations together would have with this one. */
    long bytesWith(Registration registration) {
        var known = find(registration.url());
        var replaced = known == null ? 0 : RegistrationBounds.bytes(known.registration());
        return bytes + RegistrationBounds.bytes(registration) - replaced;
    }

    /** For people. */
    Instant wallTime() {
        return wallClock.instant();
    }

    /** Something has changed about an instance: those who ask are told, under the next revision. */
    void changed(RollChange.Kind kind, Instance instance, String reason) {
        revision++;
        effects.publish(new RollChange(revision, wallTime(), kind, entryOf(instance), reason));
    }

    /** An instance's heartbeat has led to another health. */
    void changedHealth(Instance instance, String reason) {
        changed(kindOf(instance.health()), instance, reason);
    }

    /** As it is now. */
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
            case STARTING, UNCHECKED, DRAINING -> throw new IllegalStateException("no heartbeat leads to " + health);
        };
    }
}
