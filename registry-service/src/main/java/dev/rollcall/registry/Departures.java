package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Those who are leaving, and who is still to learn of it. Pure. Not thread-safe. */
final class Departures {
    private final Map<HttpUrl, Departure> underWay = new LinkedHashMap<>();

    boolean isLeaving(HttpUrl url) {
        return underWay.containsKey(url);
    }

    Optional<Departure> of(HttpUrl url) {
        return Optional.ofNullable(underWay.get(url));
    }

    Departure begin(Instance instance, long revision, long untilNanos, Set<Instance> untold) {
        var departure = new Departure(instance, revision, untilNanos, untold, new ArrayList<>());
        underWay.put(instance.url(), departure);
        return departure;
    }

    /**
     * A dependant has perhaps learned something.
     *
     * @param knows whether a dependant knows a revision
     * @return the departures of which it didn't know, and knows now
     */
    List<Departure> learned(Instance dependant, BiPredicate<Instance, Long> knows) {
        if (underWay.isEmpty()) {
            return List.of();
        }
        return underWay.values().stream()
                .filter(departure -> departure.untold().contains(dependant))
                .filter(departure -> knows.test(dependant, departure.revision()))
                .filter(departure -> departure.untold().remove(dependant))
                .toList();
    }

    /** A departure has ended, if one was under way: those who wait for the answer. */
    List<Long> end(HttpUrl url) {
        var departure = underWay.remove(url);
        return departure == null ? List.of() : departure.tickets();
    }

    /**
     * An instance that is leaving.
     *
     * @param revision the change that its dependants must know
     * @param untilNanos when it leaves, whoever knows
     * @param untold those who don't know yet
     * @param tickets who waits for the answer
     */
    record Departure(Instance instance, long revision, long untilNanos, Set<Instance> untold, List<Long> tickets) {
        /** Whether it is to be off the roll. */
        boolean isDue(long now) {
            return untold.isEmpty() || isOverdue(now);
        }

        /** Whether it is to be off the roll, whoever knows. */
        boolean isOverdue(long now) {
            return now - untilNanos >= 0;
        }
    }
}
