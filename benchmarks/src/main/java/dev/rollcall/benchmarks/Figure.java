package dev.rollcall.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One row of the table: what was measured, and its target.
 *
 * @param name the group it belongs to, as in {@code --only}
 * @param what what was measured, as text
 * @param unit of all values without a unit of their own
 * @param values by name, in the order of the table
 * @param targets what the values must reach; empty if nothing is required
 * @param baselines what others reached in the same run
 * @param note what else the reader must know; empty if nothing
 */
record Figure(
        String name,
        String what,
        String unit,
        Map<String, Double> values,
        List<Target> targets,
        List<Baseline> baselines,
        String note) {
    Figure {
        values = new LinkedHashMap<>(values);
        targets = List.copyOf(targets);
        baselines = List.copyOf(baselines);
    }

    static Figure of(String name, String what, String unit) {
        return new Figure(name, what, unit, Map.of(), List.of(), List.of(), "");
    }

    Figure with(String valueName, double value) {
        var more = new LinkedHashMap<>(values);
        more.put(valueName, value);
        return new Figure(name, what, unit, more, targets, baselines, note);
    }

    /** Adds a value with an upper limit. */
    Figure atMost(String valueName, double value, double limit) {
        return with(valueName, value).and(new Target(valueName, false, limit));
    }

    /** Adds a value with a lower limit. */
    Figure atLeast(String valueName, double value, double limit) {
        return with(valueName, value).and(new Target(valueName, true, limit));
    }

    /** Adds a baseline from the same run. */
    Figure beside(Baseline baseline) {
        var more = new ArrayList<>(baselines);
        more.add(baseline);
        return new Figure(name, what, unit, values, targets, more, note);
    }

    /** Appends to the note. */
    Figure note(String text) {
        if (text.isEmpty()) {
            return this;
        }
        return new Figure(name, what, unit, values, targets, baselines, note.isEmpty() ? text : note + "; " + text);
    }

    /** Returns {@code met}, {@code not met}, or empty without a target. */
    String verdict() {
        if (targets.isEmpty()) {
            return "";
        }
        return targets.stream().allMatch(target -> target.isMetBy(values)) ? "met" : "not met";
    }

    String measured() {
        var text = values.entrySet().stream()
                .map(e -> label(e.getKey()) + shown(e.getValue()))
                .collect(Collectors.joining(" · "));
        return values.isEmpty() ? "–" : text + suffix();
    }

    String mustReach() {
        return targets.stream()
                .map(t -> label(t.value()) + (t.atLeast() ? "≥ " : "≤ ") + shown(t.limit()))
                .collect(Collectors.joining(" · "));
    }

    /** Returns the ratio of each value to its baseline. */
    String besides() {
        return baselines.stream()
                .map(b -> "× " + shown(values.getOrDefault(b.value(), Double.NaN) / b.reached()) + " of " + b.name()
                        + "'s " + shown(b.reached()))
                .collect(Collectors.joining(" · "));
    }

    /** Returns the figure for JSON. */
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("what", what);
        map.put("unit", unit);
        map.put("values", values);
        map.put("targets", targets);
        map.put("verdict", verdict());
        map.put("baselines", baselines);
        map.put("note", note);
        return map;
    }

    private Figure and(Target target) {
        var more = new ArrayList<>(targets);
        more.add(target);
        return new Figure(name, what, unit, values, more, baselines, note);
    }

    private String suffix() {
        return unit.isEmpty() ? "" : " " + unit;
    }

    private static String label(String valueName) {
        return valueName.isEmpty() ? "" : valueName + " ";
    }

    private static String shown(double value) {
        if (Double.isNaN(value)) {
            return "none";
        }
        var isWhole = value == Math.rint(value) || Math.abs(value) >= 1_000;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    /**
     * What another implementation reached in the same run.
     *
     * @param name what it is, as text
     * @param value the name of the value it is compared with
     * @param reached in that value's unit
     */
    record Baseline(String name, String value, double reached) {}

    /**
     * What a value must reach.
     *
     * @param value the value's name
     * @param atLeast whether the limit is a lower one
     * @param limit in the value's unit
     */
    record Target(String value, boolean atLeast, double limit) {
        private boolean isMetBy(Map<String, Double> values) {
            var measured = values.getOrDefault(value, Double.NaN);
            return atLeast ? measured >= limit : measured <= limit;
        }
    }
}
