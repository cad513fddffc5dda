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
 * Takes down what is logged: at the call, by the caller's thread, since arguments and context change later. Runs code of
 * others (arguments, key-values, markers, contexts), which may throw anything: it is caught, and a placeholder stands for
 * what could not be read.
 *
 * @param withCaller whether the line of code that logs is taken down too, which costs the caller a walk of its stack
 */
record EventCapture(boolean withCaller) {
    private static final int TEXT_CHARS_MAX = 256 << 10;
    /** A logger, a thread, a key: no text of a person's. JSON readers bound names, Jackson's at 50,000 characters. */
    private static final int NAME_CHARS_MAX = 4 << 10;

    CapturedEvent of(ILoggingEvent event) {
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

    /** A text, or what its making threw; empty for none. */
    private static String textOf(Supplier<@Nullable String> text, int charsMax) {
        try {
            var made = text.get();
            return made == null ? "" : TextLimit.cut(made, charsMax);
        } catch (Throwable e) { // whatever it is, it is not the caller's affair
            return "(no text: " + nameOf(e) + ")";
        }
    }

    private static String keyOf(@Nullable Object key) {
        return textOf(key, NAME_CHARS_MAX);
    }

    private static String valueOf(@Nullable Object value) {
        return textOf(value, TEXT_CHARS_MAX);
    }

    /** Of an object whose class somebody else has written. */
    private static String textOf(@Nullable Object object, int charsMax) {
        return textOf(() -> object == null ? "null" : String.valueOf(object.toString()), charsMax);
    }

    private static String nameOf(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable e) { // its message is made by somebody else, too
            return thrown.getClass().getName();
        }
    }

    private static <T> T orElse(Supplier<T> supplier, T other) {
        try {
            return supplier.get();
        } catch (Throwable e) { // the rest of the record is still good
            return other;
        }
    }

    private static @Nullable IThrowableProxy thrownOf(ILoggingEvent event) {
        try {
            return event.getThrowableProxy();
        } catch (Throwable e) { // as above
            return null;
        }
    }

    private static Instant timeOf(ILoggingEvent event) {
        var time = event.getInstant();
        return time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time;
    }

    /** A copy, since an adapter of somebody else's may change it, or hold what is no text. */
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
        } catch (Throwable e) { // as above
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

    /** Those that are there, as far as the list can be read; it may be null. */
    private static <T> void forEach(Supplier<List<T>> list, Consumer<T> action) {
        try {
            var there = list.get();
            if (there != null) {
                for (var each : there) {
                    if (each != null) {
                        action.accept(each);
                    }
                }
            }
        } catch (Throwable e) {
            // what was read of it is good
        }
    }

    private static @Nullable String callerOf(ILoggingEvent event) {
        var frames = event.getCallerData();
        return frames == null || frames.length == 0 || frames[0] == null ? null : frames[0].toString();
    }
}
