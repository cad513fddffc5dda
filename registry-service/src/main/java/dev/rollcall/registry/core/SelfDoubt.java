package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides when the registry must suspect itself rather than the instances. There are three causes: many instances of
 * one service fall silent at once, all instances of all services do, or the registry itself was not running for a
 * while. Meanwhile a missing response evicts no instance; hard evidence still does. Pure: time comes in as nanoseconds.
 * Not thread-safe.
 *
 * <p>Doubt about a service ends when no more than the share is silent, and at the latest after the bound: if the
 * instances are really dead, their dependants must be notified some time.
 *
 * <p>Silence proves something only with a witness: since the silence began, and before the deciding probe, the registry
 * must have heard another instance, be it a response of any status or a refused connection. Without a witness the
 * registry's own network is the likelier cause. The only probed instance needs no witness. This doubt ends with the
 * first response or refusal, and at the latest after a longer bound of its own: while no instance can be reached, no
 * dependant can be notified of an eviction either, and a switch restarts in less time.
 */
final class SelfDoubt {
    private static final double SHARE = 0.3;
    private static final int SILENT_MIN = 3;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long DOUBT_NANOS_MAX = Duration.ofSeconds(60).toNanos();
    private static final long AFTER_PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long WITHOUT_WITNESS_NANOS_MAX = Duration.ofMinutes(5).toNanos();

    private final Map<ServiceName, Map<HttpUrl, Silence>> silences = new LinkedHashMap<>();
    private final Map<ServiceName, Long> doubtedSince = new LinkedHashMap<>();
    private long pausedUntilNanos = Long.MIN_VALUE;
    private long heardNanos = Long.MIN_VALUE;
    private boolean lacksWitness;

    /** Notes a response of any kind or a refused connection: the network works. */
    void heard(long now) {
        heardNanos = now;
        lacksWitness = false;
    }

    /**
     * Notes that an instance gave no response.
     *
     * @param announced how many instances of its service are announced
     * @param isAlone whether no other instance of any service is probed and announced
     */
    void silent(ServiceName service, HttpUrl instance, int announced, boolean isAlone, long now) {
        var silent = silences.computeIfAbsent(service, s -> new LinkedHashMap<>());
        var silence = silent.computeIfAbsent(instance, i -> new Silence(now));
        silence.continues(heardNanos, isAlone, now);
        if (silence.probes >= SILENT_MIN) {
            lacksWitness = !silence.isProven;
        }
        if (!doubtedSince.containsKey(service) && areMany(silent, announced, now)) {
            doubtedSince.put(service, now);
        }
    }

    /**
     * Called only until there is doubt: otherwise each of thousands that fall silent at once would count all others.
     */
    private static boolean areMany(Map<HttpUrl, Silence> silent, int announced, long now) {
        var recent = silent.values().stream()
                .filter(silence -> now - silence.sinceNanos <= WINDOW_NANOS)
                .count();
        return recent >= SILENT_MIN && recent > SHARE * announced;
    }

    /** Ends the silence of an instance: it responded, or is certainly gone. */
    void endSilence(ServiceName service, HttpUrl instance, int announced) {
        var silent = silences.get(service);
        if (silent == null || silent.remove(instance) == null) {
            return;
        }
        if (silent.isEmpty()) {
            silences.remove(service);
            lacksWitness &= !silences.isEmpty();
        }
        if (silent.size() <= SHARE * announced) {
            doubtedSince.remove(service);
        }
    }

    /** Notes that the registry was not running for a while. */
    void paused(long now) {
        pausedUntilNanos = now + AFTER_PAUSE_NANOS;
    }

    /** Returns whether a missing response of this service's instances means nothing at present. */
    boolean isAbout(ServiceName service, long now) {
        var since = doubtedSince.get(service);
        return now < pausedUntilNanos || (since != null && now - since < DOUBT_NANOS_MAX);
    }

    /** Returns whether this instance's silence proves nothing, for want of a witness. */
    boolean isUnproven(ServiceName service, HttpUrl instance) {
        var silence = silences.getOrDefault(service, Map.of()).get(instance);
        return silence != null && !silence.isProven;
    }

    /** Returns the present doubts as text. */
    List<String> reasons(long now) {
        var reasons = new ArrayList<String>();
        if (lacksWitness) {
            reasons.add("all instances are silent, so the registry may be cut off: none is evicted for that within "
                    + Duration.ofNanos(WITHOUT_WITNESS_NANOS_MAX).toMinutes() + " min; check the registry's network");
        }
        doubtedSince.entrySet().stream()
                .filter(e -> now - e.getValue() < DOUBT_NANOS_MAX)
                .map(e -> "many instances of " + e.getKey() + " fell silent at once: none is evicted for that")
                .forEach(reasons::add);
        return reasons;
    }

    /** How long an instance has been silent, and whether another one was heard since. */
    private static final class Silence {
        private final long sinceNanos;
        private int probes;
        private boolean hasWitness;
        private boolean isProven;

        Silence(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }

        /**
         * Counts a further missing response. A witness counts from the next probe on: a probe already in flight when
         * the network came back proves nothing.
         */
        void continues(long heardNanos, boolean isAlone, long now) {
            probes++;
            isProven = hasWitness || isAlone || now - sinceNanos >= WITHOUT_WITNESS_NANOS_MAX;
            hasWitness = heardNanos >= sinceNanos;
        }
    }
}
