package dev.rollcall.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that an instance publishes in its registration: few, short, no secrets. Named and written as on the
 * command line. Immutable.
 */
public final class PublishedSettings {
    /** No settings. */
    public static final PublishedSettings NONE = new PublishedSettings(Map.of());

    private static final int ENTRIES_MAX = 32;
    private static final int VALUE_CHARS_MAX = 200;

    private final Map<String, String> entries;

    private PublishedSettings(Map<String, String> entries) {
        this.entries = entries;
    }

    /** Returns a copy with a text added; a long one is cut, an empty one left out. */
    public PublishedSettings with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(entries);
        more.put(name, value.length() > VALUE_CHARS_MAX ? value.substring(0, VALUE_CHARS_MAX - 1) + "…" : value);
        if (more.size() > ENTRIES_MAX) {
            throw new IllegalArgumentException("at most " + ENTRIES_MAX + " settings are published");
        }
        return new PublishedSettings(more);
    }

    /** Returns a copy with a number added. */
    public PublishedSettings with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** Returns a copy with an absolute path added. */
    public PublishedSettings with(String name, Path value) {
        return with(name, value.toAbsolutePath().normalize().toString());
    }

    /** Returns a copy with a duration added. */
    public PublishedSettings with(String name, Duration value) {
        return with(name, written(value));
    }

    /** Returns a copy with a size added. */
    public PublishedSettings withBytes(String name, long value) {
        return with(name, written(value));
    }

    /** Returns a copy with others added. */
    public PublishedSettings and(PublishedSettings others) {
        var all = this;
        for (var each : others.entries.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }

    /** Returns the properties of the process and the settings that every service has. */
    static PublishedSettings of(HostSettings settings) {
        return NONE.with("version", Settings.version())
                .with("pid", ProcessHandle.current().pid())
                .with("java", Runtime.version().toString())
                .withBytes("heap-max", Runtime.getRuntime().maxMemory() >> 20 << 20)
                .with("bind", settings.bind())
                .with("data", settings.data())
                .with("drain", settings.drain())
                .withBytes("body-max", settings.limits().bodyBytesMax());
    }

    /** Returns the spill settings of a service that ships its log. */
    static PublishedSettings ofShipping(HostSettings settings) {
        var shipping = settings.shipping();
        return shipping.spill()
                .map(spill -> NONE.with("spill", spill)
                        .withBytes("spill-max", shipping.spillBytesMax())
                        .with("spill-drop", shipping.drop().toString()))
                .orElseGet(() -> NONE.with("spill", "none"));
    }

    /** Returns the settings in the order in which they were added. */
    public Map<String, String> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** Formats a duration as {@link SettingParsers#duration} reads it. */
    private static String written(Duration value) {
        var millis = value.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        var seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 && seconds > 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }

    /** Formats a size as {@link SettingParsers#bytes} reads it. */
    private static String written(long bytes) {
        var size = bytes;
        for (var unit : new String[] {"B", "KiB", "MiB"}) {
            if (size == 0 || size % 1_024 != 0) {
                return size + unit;
            }
            size /= 1_024;
        }
        return size + "GiB";
    }
}
