package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that an instance tells of itself by its registration, in words for people.
 *
 * @param words what it is
 * @param shown how it is set
 */
record PublishedSetting(String words, String shown) {
    private static final Map<String, String> WORDS = new LinkedHashMap<>();
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final int DAY_HOURS = 24;

    static {
        // the names are those of the command line; in this order
        WORDS.put("version", "Version");
        WORDS.put("engine", "Kept by");
        WORDS.put("database", "Database");
        WORDS.put("data", "Data directory");
        WORDS.put("database-max", "Database file, at most");
        WORDS.put("grades-max", "Grades, at most");
        WORDS.put("samples", "Sample students in a new gradebook");
        WORDS.put("keep-bytes", "Log kept, at most");
        WORDS.put("keep-age", "Log kept for");
        WORDS.put("segment-bytes", "Segment closed at");
        WORDS.put("segment-age", "Segment closed after");
        WORDS.put("tails-max", "Followers, at most");
        WORDS.put("spill", "Log records wait in");
        WORDS.put("spill-max", "Log records that wait, at most");
        WORDS.put("spill-drop", "Given up when that is full");
        WORDS.put("bind", "Listens on");
        WORDS.put("body-max", "Request body, at most");
        WORDS.put("drain", "A stop waits for requests");
        WORDS.put("java", "Java");
        WORDS.put("heap-max", "Memory for objects, at most");
        WORDS.put("pid", "Process id");
    }

    /** What is known by name first, in one order for all services; the rest by its own name. */
    static List<PublishedSetting> of(Map<String, String> metadata) {
        var left = new TreeMap<>(metadata);
        var settings = new ArrayList<PublishedSetting>();
        WORDS.forEach((name, words) -> {
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
