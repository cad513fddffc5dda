package dev.rollcall.host;

import java.util.Map;
import java.util.TreeMap;

/** Metrics in Prometheus's text format, version 0.0.4. Not thread-safe. */
public final class MetricsText {
    /** The format's media type. */
    static final String MEDIA_TYPE = "text/plain; version=0.0.4";

    private final StringBuilder text = new StringBuilder();

    MetricsText() {}

    /** Adds a gauge. */
    public MetricsText gauge(String name, String help, Number value) {
        return family(name, "gauge", help).sample(name, "", value.doubleValue());
    }

    /** Adds a counter; its name ends in {@code _total}. */
    public MetricsText counter(String name, String help, Number value) {
        return family(name, "counter", help).sample(name, "", value.doubleValue());
    }

    /** Adds counters, one for each value of a label. */
    public MetricsText counters(String name, String help, String label, Map<?, ? extends Number> values) {
        return family(name, "counter", help).samples(name, label, values);
    }

    /** Adds gauges, one for each value of a label. */
    public MetricsText gauges(String name, String help, String label, Map<?, ? extends Number> values) {
        return family(name, "gauge", help).samples(name, label, values);
    }

    private MetricsText samples(String name, String label, Map<?, ? extends Number> values) {
        new TreeMap<>(values)
                .forEach((key, value) -> sample(name, "{" + label + "=\"" + escaped(key) + "\"}", value.doubleValue()));
        return this;
    }

    private static String escaped(Object label) {
        return label.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private MetricsText family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    private MetricsText sample(String name, String labels, double value) {
        text.append(name).append(labels).append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
