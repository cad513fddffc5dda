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
 * Makes lines of what was captured.
 *
 * @param origin whose records they are
 */
record RecordEncoder(ProducerOrigin origin) {
    private static final String TRACE_KEY = "trace";
    private static final String SPAN_KEY = "span";
    private static final int STACK_CHARS_MAX = 32 << 10;

    /** Loads what makes JSON, which takes some tenths of a second on a busy machine. */
    void prepare() {
        var unused = jsonOf(LogRecord.plain(Instant.EPOCH, origin.service(), ""));
    }

    /** Never fails: of a record that has no JSON, that is said in its place. */
    EncodedRecord lineOf(CapturedEvent capturedEvent, long sequence) {
        try {
            return new EncodedRecord(sequence, jsonOf(recordOf(capturedEvent, sequence)));
        } catch (RuntimeException | Error e) {
            // of those too that are about too deep a nesting, or too much memory: the next record may do without
            var message = "a record of " + capturedEvent.logger() + " could not be written: " + e;
            return new EncodedRecord(
                    sequence,
                    jsonOf(LogRecord.plain(capturedEvent.time(), origin.service(), message)
                            .withSequence(sequence)));
        }
    }

    private static byte[] jsonOf(LogRecord record) {
        // by way of a String, because half a surrogate pair makes a question mark here and an exception in Jackson
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

    /** Causes may be nested deeper than a thread's stack is, and a proxy may be somebody else's. */
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
