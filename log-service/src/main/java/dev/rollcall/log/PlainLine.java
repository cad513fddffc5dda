package dev.rollcall.log;

import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.ServiceName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parses the plain form of a record: {@code [GradingService] - message} and a line end. Our shippers put level and time
 * before the message unless the level is INFO: {@code [GradingService] - WARN 2026-11-22T09:15:37.123Z message}.
 */
final class PlainLine {
    private static final String BEHIND_NAME = "] - ";
    private static final Pattern LEVEL_AND_TIME = Pattern.compile(
            "(TRACE|DEBUG|INFO|WARN|ERROR) (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z) (.*)",
            Pattern.DOTALL);
    /** A time further ahead than any clock is taken as part of the message. */
    private static final Duration AHEAD_MAX = Duration.ofDays(1);

    private PlainLine() {}

    /**
     * Returns the record in a body, whose message may contain line ends. Any other body is an unnamed service's
     * message.
     */
    static LogRecord read(String body, Instant arrival) {
        var text = withoutLineEnd(body);
        var end = text.indexOf(BEHIND_NAME);
        if (!text.startsWith("[") || end < 0 || !isName(text.substring(1, end))) {
            return LogRecord.plain(arrival, "", text);
        }
        return withLevelAndTime(arrival, text.substring(1, end), text.substring(end + BEHIND_NAME.length()));
    }

    private static LogRecord withLevelAndTime(Instant arrival, String service, String message) {
        var matcher = LEVEL_AND_TIME.matcher(message);
        if (matcher.matches()) {
            try {
                var time = Instant.parse(matcher.group(2));
                if (time.isAfter(Instant.EPOCH) && time.isBefore(arrival.plus(AHEAD_MAX))) {
                    return new LogRecord(
                            time, service, "", matcher.group(1), "", "", matcher.group(3), "", "", "", Map.of(), 0);
                }
            } catch (DateTimeException e) {
                // no such day: part of the message
            }
        }
        return LogRecord.plain(arrival, service, message);
    }

    private static String withoutLineEnd(String text) {
        if (!text.endsWith("\n")) {
            return text;
        }
        var end = text.endsWith("\r\n") ? text.length() - 2 : text.length() - 1;
        return text.substring(0, end);
    }

    private static boolean isName(String text) {
        try {
            return !new ServiceName(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
