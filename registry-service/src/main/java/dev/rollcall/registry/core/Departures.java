package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The instances that are leaving, and the dependants that don't know it yet. Pure. Not thread-safe. */
final class Departures {
    private final Roll roll;
    private final Map<HttpUrl, Departure> inProgress = new LinkedHashMap<>();

    Departures(Roll roll) {
        this.roll = roll;
    }

    boolean isLeaving(HttpUrl url) {
        return inProgress.containsKey(url);
    }

    Optional<Departure> of(HttpUrl url) {
        return Optional.ofNullable(inProgress.get(url));
    }

    /** Starts a departure at the current revision. */
    Departure begin(Instance instance, long untilNanos, List<Instance> dependants) {
        var uninformed = new LinkedHashSet<>(dependants);
        uninformed.remove(instance);
        var departure = new Departure(instance, roll.revision(), untilNanos, uninformed, new ArrayList<>());
        inProgress.put(instance.url(), departure);
        return departure;
    }

    /** Drops the dependants that know of the departure already. */
    void dropInformed(Departure departure) {
        departure.uninformed().removeIf(dependant -> isInformed(dependant, departure.revision()));
    }

    /**
     * Returns the departures that this dependant has just acknowledged, after a patch to it or a change of its health.
     */
    List<Departure> acknowledgedBy(Instance dependant) {
        if (inProgress.isEmpty()) {
            return List.of();
        }
        return inProgress.values().stream()
                .filter(departure -> departure.uninformed().contains(dependant))
                .filter(departure -> isInformed(dependant, departure.revision()))
                .filter(departure -> departure.uninformed().remove(dependant))
                .toList();
    }

    /** Ends a departure and returns the tickets of the callers that wait for it; empty if there was none. */
    List<Long> end(HttpUrl url) {
        var departure = inProgress.remove(url);
        return departure == null ? List.of() : departure.tickets();
    }

    /** Returns whether a dependant has acknowledged a revision, or can't be notified. */
    private boolean isInformed(Instance dependant, long revision) {
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
     * @param revision the change that its dependants must acknowledge
     * @param untilNanos when it leaves at the latest
     * @param uninformed the dependants that have not acknowledged it yet
     * @param tickets the callers that wait for the response
     */
    record Departure(Instance instance, long revision, long untilNanos, Set<Instance> uninformed, List<Long> tickets) {
        /** Returns whether the instance is to be removed from the roll. */
        boolean isDue(long now) {
            return uninformed.isEmpty() || isOverdue(now);
        }

        /** Returns whether the time for notifying dependants is over. */
        boolean isOverdue(long now) {
            return now - untilNanos >= 0;
        }
    }
}
