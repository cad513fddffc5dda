package dev.rollcall.shipping;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes captured events as records.
 *
 * @param origin the origin written into the records
 */
record RecordEncoder(ProducerOrigin origin) {
    private static final String TRACE_KEY = "trace";
    private static final String SPAN_KEY = "span";
    private static final int STACK_CHARS_MAX = 32 << 10;

    /** Loads the JSON classes, which takes some tenths of a second on a busy machine. */
    void prepare() {
        var unused = jsonOf(LogRecord.plain(Instant.EPOCH, origin.service(), ""));
    }

    /** Encodes an event. Never fails: an event without a JSON form becomes a record that says so. */
    EncodedRecord encode(CapturedEvent capturedEvent, long sequence) {
        try {
            return new EncodedRecord(sequence, jsonOf(recordOf(capturedEvent, sequence)));
        } catch (RuntimeException | Error e) {
            // errors about too deep a nesting or too little memory included: the next record may succeed
            var message = "a record of " + capturedEvent.logger() + " could not be written: " + e;
            return new EncodedRecord(
                    sequence,
                    jsonOf(LogRecord.plain(capturedEvent.time(), origin.service(), message)
                            .withSequence(sequence)));
        }
    }

    private static byte[] jsonOf(LogRecord record) {
        // via a String, because half a surrogate pair becomes a question mark there and an exception in Jackson
        return Json.text(record).getBytes(StandardCharsets.UTF_8);
    }

    LogRecord recordOf(CapturedEvent capturedEvent, long sequence) {
        var context = capturedEvent.context();
        return new LogRecord(
                capturedEvent.time(),
                origin.service(),
                origin.instance(),
                Level.toLevel(capturedEvent.level()).toString(),
                capturedEvent.logger(),
                capturedEvent.thread(),
                capturedEvent.message(),
                stackOf(capturedEvent.thrown()),
                context.getOrDefault(TRACE_KEY, ""),
                context.getOrDefault(SPAN_KEY, ""),
                keysOf(capturedEvent),
                sequence);
    }

    /** Returns the stack trace, or a placeholder: causes may exceed the stack depth, and the proxy may be foreign. */
    private static String stackOf(@Nullable IThrowableProxy thrown) {
        if (thrown == null) {
            return "";
        }
        try {
            return TextLimit.cut(ThrowableProxyUtil.asString(thrown), STACK_CHARS_MAX);
        } catch (RuntimeException | Error e) {
            return "(no stack trace: " + e + ")";
        }
    }

    private static Map<String, String> keysOf(CapturedEvent capturedEvent) {
        if (capturedEvent.context().isEmpty() && capturedEvent.extras().isEmpty()) {
            return Map.of();
        }
        var keys = new LinkedHashMap<String, String>();
        capturedEvent.context().forEach((key, value) -> {
            if (key != null && value != null && !key.equals(TRACE_KEY) && !key.equals(SPAN_KEY)) {
                keys.put(key, value);
            }
        });
        var extras = capturedEvent.extras();
        for (var i = 0; i + 1 < extras.size(); i += 2) {
            keys.put(extras.get(i), extras.get(i + 1));
        }
        return keys;
    }
}
