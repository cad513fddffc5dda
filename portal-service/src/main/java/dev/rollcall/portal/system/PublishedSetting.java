package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A setting from an instance's registration, in words.
 *
 * @param label the setting in words
 * @param value the value, formatted
 */
record PublishedSetting(String label, String value) {
    private static final Map<String, String> LABELS = new LinkedHashMap<>();
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final int DAY_HOURS = 24;

    static {
        // the names are those of the command line, in display order
        LABELS.put("version", "Version");
        LABELS.put("engine", "Kept by");
        LABELS.put("database", "Database");
        LABELS.put("data", "Data directory");
        LABELS.put("database-max", "Database file, at most");
        LABELS.put("grades-max", "Grades, at most");
        LABELS.put("samples", "Sample students in a new gradebook");
        LABELS.put("keep-bytes", "Log kept, at most");
        LABELS.put("keep-age", "Log kept for");
        LABELS.put("segment-bytes", "Segment closed at");
        LABELS.put("segment-age", "Segment closed after");
        LABELS.put("tails-max", "Followers, at most");
        LABELS.put("spill", "Log records wait in");
        LABELS.put("spill-max", "Log records that wait, at most");
        LABELS.put("spill-drop", "Given up when that is full");
        LABELS.put("bind", "Listens on");
        LABELS.put("body-max", "Request body, at most");
        LABELS.put("drain", "A stop waits for requests");
        LABELS.put("java", "Java");
        LABELS.put("heap-max", "Memory for objects, at most");
        LABELS.put("pid", "Process id");
    }

    /** Returns the known settings first, in one order for all services, then the others under their own names. */
    static List<PublishedSetting> of(Map<String, String> metadata) {
        var left = new TreeMap<>(metadata);
        var settings = new ArrayList<PublishedSetting>();
        LABELS.forEach((name, words) -> {
            var value = left.remove(name);
            if (value != null) {
                settings.add(new PublishedSetting(words, name.equals("pid") ? value : readable(value)));
            }
        });
        left.forEach((name, value) -> settings.add(new PublishedSetting(name, value)));
        return settings;
    }

    private static String readable(String value) {
        var withUnit = WITH_UNIT.matcher(value);
        if (withUnit.matches()) {
            return measure(Long.parseLong(withUnit.group(1)), withUnit.group(2));
        }
        return NUMBER.matcher(value).matches() ? grouped(Long.parseLong(value)) : value;
    }

    private static String measure(long number, String unit) {
        return switch (unit) {
            case "h" ->
                number > DAY_HOURS && number % DAY_HOURS == 0
                        ? grouped(number / DAY_HOURS) + " days"
                        : grouped(number) + " h";
            case "m" -> grouped(number) + " min";
            default -> grouped(number) + " " + unit;
        };
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
