package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A metric that an instance publishes.
 *
 * @param name the metric's name
 * @param labels its labels; may be empty
 * @param value its value as written
 * @param help its description; may be empty
 */
record Metric(String name, String labels, String value, String help) {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})?\\s+(\\S+)(\\s+-?[0-9]+)?");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final int MAX = 300;

    /** Parses a Prometheus text, up to 300 metrics; malformed lines are skipped. */
    static List<Metric> parse(String text) {
        var helps = new HashMap<String, String>();
        var metrics = new ArrayList<Metric>();
        for (var line : text.split("\n", -1)) {
            var help = HELP.matcher(line);
            var metric = LINE.matcher(line);
            if (help.matches()) {
                helps.put(help.group(1), help.group(2));
            } else if (metric.matches() && metrics.size() < MAX) {
                var labels = metric.group(3) == null ? "" : metric.group(3);
                var name = metric.group(1);
                metrics.add(new Metric(name, labels, metric.group(4), helps.getOrDefault(name, "")));
            }
        }
        return metrics;
    }
}
