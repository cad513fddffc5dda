package dev.rollcall.registry;

import dev.rollcall.host.MetricsText;
import dev.rollcall.registry.core.Health;
import java.util.Arrays;
import java.util.LinkedHashMap;

/** The registry's own metrics on {@code GET /metrics}. */
final class RegistryMetrics {
    private RegistryMetrics() {}

    static void write(RegistryLoop loop, MetricsText text) {
        var view = loop.view();
        var counts = new LinkedHashMap<String, Long>();
        Arrays.stream(Health.values())
                .forEach(health -> counts.put(
                        health.word(),
                        view.entries().stream()
                                .filter(e -> e.health() == health)
                                .count()));
        text.gauge("rollcall_registry_revision", "Raised by one at each change.", view.revision());
        text.gauges("rollcall_registry_instances", "Instances on the roll, by health.", "health", counts);
        var rollFeed = loop.rollFeed();
        text.gauge("rollcall_registry_watchers", "Watchers of the roll.", rollFeed.watcherCount());
        text.counters(
                "rollcall_registry_watchers_ended_total",
                "Watchers that are no more, by how they ended; slow ones were dropped.",
                "end",
                rollFeed.watchersEnded());
        text.gauge("rollcall_registry_long_polls", "Long polls that wait.", rollFeed.longPollCount());
    }
}
