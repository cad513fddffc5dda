package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One number that an instance publishes.
 *
 * @param name with what it counts
 * @param labels of which part; may be empty
 * @param value as it was written
 * @param help what it means; may be empty
 */
record Metric(String name, String labels, String value, String help) {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})?\\s+(\\S+)(\\s+-?[0-9]+)?");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final int MAX = 300;

    /** The numbers of a Prometheus text; what can't be read is left out. */
    static List<Metric> read(String text) {
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
