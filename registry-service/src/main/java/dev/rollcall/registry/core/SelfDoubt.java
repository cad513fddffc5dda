package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the registry has reason to suspect itself rather than those it asks. Three things make it: that many instances
 * of one service fall silent at once, that all instances of all services do, and that it was itself not running for a
 * while. While it lasts, a missing answer evicts nobody; hard evidence does. Pure: time comes in as nanoseconds. Not
 * thread-safe.
 *
 * <p>Doubt about a service ends when no more than the share is silent, and at the latest after the bound: if they are
 * really dead, their dependants must hear of it some time.
 *
 * <p>Silence proves something only with a witness: since it began, and before the check that is to decide, the registry
 * must have heard somebody, be it an answer of any status or a refused connection. Without a witness the network of the
 * registry is the likelier culprit. An instance that is the only one to be checked needs none. This doubt ends with the
 * first answer or refusal, and at the latest after a bound of its own. That one is longer: while nobody at all can be
 * reached, an eviction could be told to nobody either, and a switch restarts in less.
 */
final class SelfDoubt {
    private static final double SHARE = 0.3;
    private static final int SILENT_MIN = 3;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LASTS_AT_MOST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long AFTER_PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long WITHOUT_WITNESS_NANOS_MAX = Duration.ofMinutes(5).toNanos();

    private final Map<ServiceName, Map<HttpUrl, Silence>> silences = new LinkedHashMap<>();
    private final Map<ServiceName, Long> doubtedSince = new LinkedHashMap<>();
    private long pausedUntilNanos = Long.MIN_VALUE;
    private long heardNanos = Long.MIN_VALUE;
    private boolean lacksWitness;

    /** Somebody answered, whatever it was, or refused a connection: the network works. */
    void heard(long now) {
        heardNanos = now;
        lacksWitness = false;
    }

    /**
     * An instance has fallen silent, or still is.
     *
     * @param announced how many instances of its service are announced
     * @param isAlone whether no other instance of any service is checked and announced
     */
    void silent(ServiceName service, HttpUrl instance, int announced, boolean isAlone, long now) {
        var silent = silences.computeIfAbsent(service, s -> new LinkedHashMap<>());
        var silence = silent.computeIfAbsent(instance, i -> new Silence(now));
        silence.goesOn(heardNanos, isAlone, now);
        if (silence.checks >= SILENT_MIN) {
            lacksWitness = !silence.isProven;
        }
        if (!doubtedSince.containsKey(service) && isMuch(silent, announced, now)) {
            doubtedSince.put(service, now);
        }
    }

    /** Asked only until there is doubt, or thousands that fall silent at once would each count all others. */
    private static boolean isMuch(Map<HttpUrl, Silence> silent, int announced, long now) {
        var lately = silent.values().stream()
                .filter(silence -> now - silence.sinceNanos <= WINDOW_NANOS)
                .count();
        return lately >= SILENT_MIN && lately > SHARE * announced;
    }

    /** An instance answers again, or is gone for sure. */
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

    /** The registry finds that it was not running for a while. */
    void paused(long now) {
        pausedUntilNanos = now + AFTER_PAUSE_NANOS;
    }

    /** Whether a missing answer of an instance of this service means nothing at present. */
    boolean isAbout(ServiceName service, long now) {
        var since = doubtedSince.get(service);
        return now < pausedUntilNanos || (since != null && now - since < LASTS_AT_MOST_NANOS);
    }

    /** Returns whether the silence of this instance proves nothing about it, for want of a witness. */
    boolean isUnproven(ServiceName service, HttpUrl instance) {
        var silence = silences.getOrDefault(service, Map.of()).get(instance);
        return silence != null && !silence.isProven;
    }

    /** The doubts there are, for people. */
    List<String> reasons(long now) {
        var reasons = new ArrayList<String>();
        if (lacksWitness) {
            reasons.add("all instances are silent, so the registry may be cut off: none is evicted for that within "
                    + Duration.ofNanos(WITHOUT_WITNESS_NANOS_MAX).toMinutes() + " min; check the registry's network");
        }
        doubtedSince.entrySet().stream()
                .filter(e -> now - e.getValue() < LASTS_AT_MOST_NANOS)
                .map(e -> "many instances of " + e.getKey() + " fell silent at once: none is evicted for that")
                .forEach(reasons::add);
        return reasons;
    }

    /** How long an instance has been silent, and whether somebody else was heard since. */
    private static final class Silence {
        private final long sinceNanos;
        private int checks;
        private boolean hasWitness;
        private boolean isProven;

        Silence(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }

        /** A witness counts from the next check on: what was under way when the network came back proves nothing. */
        void goesOn(long heardNanos, boolean isAlone, long now) {
            checks++;
            isProven = hasWitness || isAlone || now - sinceNanos >= WITHOUT_WITNESS_NANOS_MAX;
            hasWitness = heardNanos >= sinceNanos;
        }
    }
}
