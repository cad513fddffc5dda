package dev.rollcall.registry.outgoing;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which instances are asked for their heartbeat at which origin, so that a connection that closes hints at them: several
 * may share one. Not thread-safe.
 */
public final class Origins {
    private final Map<String, Set<HttpUrl>> instances = new HashMap<>();
    private final Map<HttpUrl, String> origins = new HashMap<>();

    /** An instance has registered, perhaps once more and with another heartbeat URL or none. */
    public void add(Registration registration) {
        remove(registration.url());
        registration.findHeartbeatUrl().map(OutgoingOrigin::nameOf).ifPresent(origin -> {
            origins.put(registration.url(), origin);
            instances.computeIfAbsent(origin, o -> new LinkedHashSet<>()).add(registration.url());
        });
    }

    /** An instance is off the roll. */
    public void remove(HttpUrl url) {
        var origin = origins.remove(url);
        if (origin != null) {
            instances.computeIfPresent(origin, (o, urls) -> {
                urls.remove(url);
                return urls.isEmpty() ? null : urls;
            });
        }
    }

    /** Those who are asked there; a copy. */
    public Set<HttpUrl> instancesAt(String origin) {
        return Set.copyOf(instances.getOrDefault(origin, Set.of()));
    }

    /** How many origins are known. */
    int count() {
        return instances.size();
    }
}
