package dev.rollcall.portal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of the day in UTC, as pages show them. */
final class LogTime {
    private static final DateTimeFormatter SECOND = format("HH:mm:ss");
    private static final DateTimeFormatter MILLI = format("HH:mm:ss.SSS");

    private LogTime() {}

    static String second(Instant time) {
        return SECOND.format(time);
    }

    static String milli(Instant time) {
        return MILLI.format(time);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
