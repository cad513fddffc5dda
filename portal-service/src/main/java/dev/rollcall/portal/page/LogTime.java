package dev.rollcall.portal.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times in UTC. */
public final class LogTime {
    private static final DateTimeFormatter SECOND = format("HH:mm:ss");
    private static final DateTimeFormatter MILLI = format("HH:mm:ss.SSS");
    private static final DateTimeFormatter DATE_AND_SECOND = format("uuuu-MM-dd HH:mm:ss");

    private LogTime() {}

    public static String second(Instant time) {
        return SECOND.format(time);
    }

    public static String milli(Instant time) {
        return MILLI.format(time);
    }

    public static String dateAndSecond(Instant time) {
        return DATE_AND_SECOND.format(time);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
