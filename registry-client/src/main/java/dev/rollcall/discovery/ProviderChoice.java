package dev.rollcall.discovery;

import dev.rollcall.wire.Provider;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Chooses one of several providers for a call. Thread-safe. */
@FunctionalInterface
public interface ProviderChoice {
    /**
     * Returns one of the candidates.
     *
     * @param candidates at least one
     * @param inFlight returns the number of our own calls in flight to a provider
     */
    Provider choose(List<Provider> candidates, ToIntFunction<Provider> inFlight);

    /**
     * Chooses, of two random candidates, the one with fewer calls in flight: nearly as even as comparing all of them,
     * without the herd effect on the least loaded (Mitzenmacher, "The Power of Two Choices in Randomized Load
     * Balancing", 2001).
     */
    static ProviderChoice powerOfTwo() {
        return (candidates, inFlight) -> {
            var random = ThreadLocalRandom.current();
            var count = candidates.size();
            if (count == 1) {
                return candidates.get(0);
            }
            var first = random.nextInt(count);
            var second = (first + 1 + random.nextInt(count - 1)) % count;
            var one = candidates.get(first);
            var other = candidates.get(second);
            return inFlight.applyAsInt(one) <= inFlight.applyAsInt(other) ? one : other;
        };
    }

    /** Chooses one after the other. */
    static ProviderChoice roundRobin() {
        var next = new AtomicInteger();
        return (candidates, inFlight) -> candidates.get(Math.floorMod(next.getAndIncrement(), candidates.size()));
    }
}
