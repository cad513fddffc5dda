package dev.rollcall.host;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.WholeNumber;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parsers for setting values; each throws {@link IllegalArgumentException} that says what is allowed. */
public final class SettingParsers {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    /** Longer than any useful wait, and within the nanoseconds that a long can hold. */
    private static final Duration DURATION_MAX = Duration.ofDays(3_650);

    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    private SettingParsers() {}

    /** Parses {@code true} or {@code false}. */
    public static boolean booleanValue(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    /** Parses a TCP port, 0 to 65535. */
    public static int port(String text) {
        return wholeNumber(0, 65_535).apply(text);
    }

    /** Returns a parser of whole numbers from {@code min} to {@code max}. */
    public static Function<String, Integer> wholeNumber(int min, int max) {
        return text -> {
            var number = WholeNumber.parse(text);
            if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
                throw new IllegalArgumentException("a whole number from " + min + " to " + max);
            }
            return (int) number.getAsLong();
        };
    }

    /**
     * Parses a positive duration with its unit, at most ten years: {@code 250ms}, {@code 3s}, {@code 10m}, {@code 1h}.
     */
    public static Duration duration(String text) {
        var match = DURATION.matcher(text.strip());
        if (!match.matches() || match.group(1).matches("0+")) {
            throw new IllegalArgumentException("a positive number with its unit: 250ms, 3s, 10m, 1h");
        }
        var number = Long.parseLong(match.group(1));
        var duration = switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException("at most " + DURATION_MAX.toHours() + "h");
        }
        return duration;
    }

    /** Parses a size with its unit: {@code 512B}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}; positive. */
    public static long bytes(String text) {
        var match = BYTES.matcher(text.strip());
        if (!match.matches() || match.group(1).matches("0+")) {
            throw new IllegalArgumentException("a positive number with its unit: 512B, 64KiB, 1MiB, 2GiB");
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "B" -> number;
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number << 30;
        };
    }

    /** Parses one or more http(s) URLs, separated by commas. */
    public static List<HttpUrl> urls(String text) {
        return Stream.of(text.split(",", -1)).map(HttpUrl::of).toList();
    }
}
