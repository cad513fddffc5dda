package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those who are leaving, and who is still to learn of it. Pure. Not thread-safe. */
final class Departures {
    private final Roll roll;
    private final Map<HttpUrl, Departure> underWay = new LinkedHashMap<>();

    Departures(Roll roll) {
        this.roll = roll;
    }

    boolean isLeaving(HttpUrl url) {
        return underWay.containsKey(url);
    }

    Optional<Departure> of(HttpUrl url) {
        return Optional.ofNullable(underWay.get(url));
    }

    /** An instance begins to leave with the revision that is now. */
    Departure begin(Instance instance, long untilNanos, List<Instance> untold) {
        var others = new LinkedHashSet<>(untold);
        others.remove(instance);
        var departure = new Departure(instance, roll.revision(), untilNanos, others, new ArrayList<>());
        underWay.put(instance.url(), departure);
        return departure;
    }

    /** Some may know already. */
    void dropInformed(Departure departure) {
        departure.uninformed().removeIf(dependant -> knows(dependant, departure.revision()));
    }

    /** A dependant has perhaps learned something: the departures of which it didn't know, and knows now. */
    List<Departure> acknowledgedBy(Instance dependant) {
        if (underWay.isEmpty()) {
            return List.of();
        }
        return underWay.values().stream()
                .filter(departure -> departure.uninformed().contains(dependant))
                .filter(departure -> knows(dependant, departure.revision()))
                .filter(departure -> departure.uninformed().remove(dependant))
                .toList();
    }

    /** A departure has ended, if one was under way: those who wait for the answer. */
    List<Long> end(HttpUrl url) {
        var departure = underWay.remove(url);
        return departure == null ? List.of() : departure.tickets();
    }

    /** Whether a dependant has been told of a revision, or can't be told anything. */
    private boolean knows(Instance dependant, long revision) {
        return !roll.has(dependant)
                || !dependant.isReachable()
                || dependant
                        .mailbox()
                        .map(m -> m.isSettled() || m.acknowledgedRevision() >= revision)
                        .orElse(true);
    }

    /**
     * An instance that is leaving.
     *
     * @param revision the change that its dependants must know
     * @param untilNanos when it leaves, whoever knows
     * @param uninformed those who don't know yet
     * @param tickets who waits for the answer
     */
    record Departure(Instance instance, long revision, long untilNanos, Set<Instance> uninformed, List<Long> tickets) {
        /** Whether it is to be off the roll. */
        boolean isDue(long now) {
            return uninformed.isEmpty() || isOverdue(now);
        }

        /** Whether it is to be off the roll, whoever knows. */
        boolean isOverdue(long now) {
            return now - untilNanos >= 0;
        }
    }
}
