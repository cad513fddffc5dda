package dev.rollcall.log;

import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;

/** The plain layer's form of a record: {@code [GradingService] - message} and a line end. */
final class PlainLine {
    private static final String BEHIND_NAME = "] - ";

    private PlainLine() {}

    /**
     * The record that a plain body is. The message may have line ends inside; a body in no such form is a message of
     * an unnamed service.
     */
    static LogRecord read(String body, Instant arrival) {
        var text = withoutLineEnd(body);
        var end = text.indexOf(BEHIND_NAME);
        if (!text.startsWith("[") || end < 0 || !isName(text.substring(1, end))) {
            return LogRecord.plain(arrival, "", text);
        }
        return LogRecord.plain(arrival, text.substring(1, end), text.substring(end + BEHIND_NAME.length()));
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
