package dev.rollcall.registry.outgoing;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Maps each origin to the instances probed there, so that a closed connection hints at them; several may share one. Not
 * thread-safe.
 */
public final class Origins {
    private final Map<String, Set<HttpUrl>> instances = new HashMap<>();
    private final Map<HttpUrl, String> origins = new HashMap<>();

    /** Adds an instance, or replaces its origin after it has registered again. */
    public void add(Registration registration) {
        remove(registration.url());
        registration.findHeartbeatUrl().map(OutgoingOrigin::nameOf).ifPresent(origin -> {
            origins.put(registration.url(), origin);
            instances.computeIfAbsent(origin, o -> new LinkedHashSet<>()).add(registration.url());
        });
    }

    /** Removes an instance. */
    public void remove(HttpUrl url) {
        var origin = origins.remove(url);
        if (origin != null) {
            instances.computeIfPresent(origin, (o, urls) -> {
                urls.remove(url);
                return urls.isEmpty() ? null : urls;
            });
        }
    }

    /** Returns a copy of the instances probed at an origin. */
    public Set<HttpUrl> instancesAt(String origin) {
        return Set.copyOf(instances.getOrDefault(origin, Set.of()));
    }

    int count() {
        return instances.size();
    }
}
