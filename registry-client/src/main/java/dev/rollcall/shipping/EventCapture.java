package dev.rollcall.shipping;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Captures events in the caller's thread, because arguments and context may change later. Runs foreign code (arguments,
 * key-values, markers, contexts), which may throw anything: it is caught, and a placeholder replaces the unreadable
 * part.
 *
 * @param withCaller whether to capture the line of code that logs, which costs the caller a stack walk
 */
record EventCapture(boolean withCaller) {
    private static final int TEXT_CHARS_MAX = 256 << 10;
    /** For logger, thread and key names. JSON readers bound names; Jackson does at 50,000 characters. */
    private static final int NAME_CHARS_MAX = 4 << 10;

    CapturedEvent capture(ILoggingEvent event) {
        return new CapturedEvent(
                orElse(() -> timeOf(event), Instant.EPOCH),
                orElse(() -> event.getLevel().toInt(), Level.INFO_INT),
                textOf(event::getLoggerName, NAME_CHARS_MAX),
                textOf(event::getThreadName, NAME_CHARS_MAX),
                textOf(event::getFormattedMessage, TEXT_CHARS_MAX),
                thrownOf(event),
                contextOf(event),
                extrasOf(event));
    }

    /** Returns a text, or a placeholder that names what the supplier threw; empty for null. */
    private static String textOf(Supplier<@Nullable String> text, int charsMax) {
        try {
            var made = text.get();
            return made == null ? "" : TextLimit.cut(made, charsMax);
        } catch (Throwable e) { // no failure here may reach the caller
            return "(no text: " + nameOf(e) + ")";
        }
    }

    private static String keyOf(@Nullable Object key) {
        return textOf(key, NAME_CHARS_MAX);
    }

    private static String valueOf(@Nullable Object value) {
        return textOf(value, TEXT_CHARS_MAX);
    }

    /** Returns the text of an object of a foreign class. */
    private static String textOf(@Nullable Object object, int charsMax) {
        return textOf(() -> object == null ? "null" : String.valueOf(object.toString()), charsMax);
    }

    private static String nameOf(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable e) { // its message is foreign code, too
            return thrown.getClass().getName();
        }
    }

    private static <T> T orElse(Supplier<T> supplier, T other) {
        try {
            return supplier.get();
        } catch (Throwable e) { // the rest of the record is still usable
            return other;
        }
    }

    private static @Nullable IThrowableProxy thrownOf(ILoggingEvent event) {
        try {
            return event.getThrowableProxy();
        } catch (Throwable e) { // foreign code; the rest of the record is still usable
            return null;
        }
    }

    private static Instant timeOf(ILoggingEvent event) {
        var time = event.getInstant();
        return time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time;
    }

    /** Returns a copy, because a foreign adapter may change the map, or may hold values that are no strings. */
    private static Map<String, String> contextOf(ILoggingEvent event) {
        try {
            Map<?, ?> context = event.getMDCPropertyMap();
            if (context == null || context.isEmpty()) {
                return Map.of();
            }
            var copy = new LinkedHashMap<String, String>();
            context.forEach((key, value) -> {
                if (key != null && value != null) {
                    copy.put(keyOf(key), valueOf(value));
                }
            });
            return copy;
        } catch (Throwable e) { // foreign code; the rest of the record is still usable
            return Map.of("context", "(no text: " + nameOf(e) + ")");
        }
    }

    private List<String> extrasOf(ILoggingEvent event) {
        var extras = new ArrayList<String>();
        forEach(event::getKeyValuePairs, pair -> {
            extras.add(keyOf(pair.key));
            extras.add(valueOf(pair.value));
        });
        var names = new ArrayList<String>();
        forEach(event::getMarkerList, marker -> names.add(valueOf(marker)));
        if (!names.isEmpty()) {
            extras.add("markers");
            extras.add(TextLimit.cut(String.join(",", names), TEXT_CHARS_MAX));
        }
        if (withCaller) {
            var caller = textOf(() -> callerOf(event), TEXT_CHARS_MAX);
            if (!caller.isEmpty()) {
                extras.add("caller");
                extras.add(caller);
            }
        }
        return extras.isEmpty() ? List.of() : extras;
    }

    /** Applies an action to the non-null elements of a list that may be null, as far as it can be read. */
    private static <T> void forEach(Supplier<List<T>> list, Consumer<T> action) {
        try {
            var elements = list.get();
            if (elements != null) {
                for (var each : elements) {
                    if (each != null) {
                        action.accept(each);
                    }
                }
            }
        } catch (Throwable e) {
            // the elements read so far are kept
        }
    }

    private static @Nullable String callerOf(ILoggingEvent event) {
        var frames = event.getCallerData();
        return frames == null || frames.length == 0 || frames[0] == null ? null : frames[0].toString();
    }
}
