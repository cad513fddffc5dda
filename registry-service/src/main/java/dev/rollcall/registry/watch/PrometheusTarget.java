package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An instance in the format of Prometheus's HTTP service discovery.
 *
 * @param targets one host and port
 * @param labels added by Prometheus to all it scrapes there; those with two leading underscores are for relabelling
 */
record PrometheusTarget(List<String> targets, Map<String, String> labels) {
    PrometheusTarget {
        targets = List.copyOf(targets);
    }

    static PrometheusTarget of(RollView.Entry entry) {
        var registration = entry.registration();
        var service = registration.name().value();
        var labels = new LinkedHashMap<String, String>();
        labels.put("__meta_rollcall_service", service);
        labels.put("__meta_rollcall_instance", registration.instanceId());
        labels.put("__meta_rollcall_health", entry.health().word());
        labels.put("job", service);
        if (isSecure(registration.url())) {
            labels.put("__scheme__", "https");
        }
        return new PrometheusTarget(List.of(hostAndPort(registration.url())), labels);
    }

    private static String hostAndPort(HttpUrl url) {
        var at = url.hostPort();
        return at.host() + ':' + at.portOr(isSecure(url) ? 443 : 80);
    }

    private static boolean isSecure(HttpUrl url) {
        return url.uri().getScheme().equalsIgnoreCase("https");
    }
}
