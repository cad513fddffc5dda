package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what is logged: at the call, by the caller's thread, since arguments and context change later.
 *
 * @param withCaller whether the line of code that logs is taken down too, which costs the caller a walk of its stack
 */
record Capture(boolean withCaller) {
    private static final int MESSAGE_CHARS_MAX = 256 << 10;

    Captured of(ILoggingEvent event) {
        return new Captured(
                timeOf(event),
                event.getLevel().toInt(),
                event.getLoggerName(),
                event.getThreadName(),
                LongText.cut(Objects.toString(event.getFormattedMessage(), ""), MESSAGE_CHARS_MAX),
                event.getThrowableProxy(),
                event.getMDCPropertyMap(),
                extrasOf(event));
    }

    /** Somebody else's code, which may do anything. */
    private static String textOf(@Nullable Object value) {
        try {
            return LongText.cut(String.valueOf(value), MESSAGE_CHARS_MAX);
        } catch (RuntimeException e) {
            return "(no text: " + e + ")";
        }
    }

    private static Instant timeOf(ILoggingEvent event) {
        var time = event.getInstant();
        return time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time;
    }

    private List<String> extrasOf(ILoggingEvent event) {
        var markers = event.getMarkerList();
        var pairs = event.getKeyValuePairs();
        if (markers == null && pairs == null && !withCaller) {
            return List.of();
        }
        var extras = new ArrayList<String>();
        if (pairs != null) {
            for (var pair : pairs) {
                extras.add(String.valueOf(pair.key));
                extras.add(textOf(pair.value));
            }
        }
        if (markers != null) {
            extras.add("markers");
            extras.add(String.join(",", markers.stream().map(String::valueOf).toList()));
        }
        if (withCaller && event.getCallerData().length > 0) {
            extras.add("caller");
            extras.add(event.getCallerData()[0].toString());
        }
        return extras;
    }
}
