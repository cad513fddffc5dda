package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the registry has reason to suspect itself rather than those it asks. Two things make it: that many instances
 * of one service fall silent at once, and that it was itself not running for a while. While it lasts, a missing answer
 * evicts nobody; hard evidence does. Pure: time comes in as nanoseconds. Not thread-safe.
 *
 * <p>Doubt about a service ends when no more than the share is silent, and at the latest after the bound: if they are
 * really dead, their dependants must hear of it some time.
 */
final class SelfDoubt {
    private static final double SHARE = 0.3;
    private static final int SILENT_MIN = 3;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LASTS_AT_MOST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long AFTER_PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Map<ServiceName, Map<HttpUrl, Long>> silentSince = new LinkedHashMap<>();
    private final Map<ServiceName, Long> doubtedSince = new LinkedHashMap<>();
    private long pausedUntilNanos = Long.MIN_VALUE;

    /** An instance has fallen silent; its service has so many instances that are announced. */
    void silent(ServiceName service, HttpUrl instance, int announced, long now) {
        var silent = silentSince.computeIfAbsent(service, s -> new LinkedHashMap<>());
        silent.putIfAbsent(instance, now);
        var lately = silent.values().stream()
                .filter(since -> now - since <= WINDOW_NANOS)
                .count();
        if (lately >= SILENT_MIN && lately > SHARE * announced) {
            doubtedSince.putIfAbsent(service, now);
        }
    }

    /** An instance answers again, or is gone for sure. */
    void settled(ServiceName service, HttpUrl instance, int announced) {
        var silent = silentSince.get(service);
        if (silent == null || silent.remove(instance) == null) {
            return;
        }
        if (silent.isEmpty()) {
            silentSince.remove(service);
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

    /** The doubts there are, for people. */
    List<String> reasons(long now) {
        return doubtedSince.entrySet().stream()
                .filter(e -> now - e.getValue() < LASTS_AT_MOST_NANOS)
                .map(e -> "many instances of " + e.getKey() + " fell silent at once: none is evicted for that")
                .toList();
    }
}
