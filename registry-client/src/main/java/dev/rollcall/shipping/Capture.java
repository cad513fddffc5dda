package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Makes records of what is logged: at the call, by the caller's thread, since arguments and context change later. */
record Capture(ServiceName service, String instanceId) {
    private static final String TRACE_KEY = "trace";
    private static final String SPAN_KEY = "span";

    LogRecord of(ILoggingEvent event) {
        var context = event.getMDCPropertyMap();
        var thrown = event.getThrowableProxy();
        return new LogRecord(
                timeOf(event),
                service.value(),
                instanceId,
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getThreadName(),
                Objects.toString(event.getFormattedMessage(), ""),
                thrown == null ? "" : ThrowableProxyUtil.asString(thrown),
                context.getOrDefault(TRACE_KEY, ""),
                context.getOrDefault(SPAN_KEY, ""),
                keysOf(event, context),
                0);
    }

    /** A record of the shipper itself. */
    LogRecord notice(Instant time, String message) {
        return new LogRecord(
                time,
                service.value(),
                instanceId,
                "WARN",
                LogShipper.class.getName(),
                Thread.currentThread().getName(),
                message,
                "",
                "",
                "",
                Map.of(),
                0);
    }

    private static Instant timeOf(ILoggingEvent event) {
        var time = event.getInstant();
        return time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time;
    }

    private static Map<String, String> keysOf(ILoggingEvent event, Map<String, String> context) {
        var pairs = event.getKeyValuePairs();
        if (context.isEmpty() && pairs == null) {
            return Map.of();
        }
        var keys = new LinkedHashMap<String, String>();
        context.forEach((key, value) -> {
            if (value != null && !key.equals(TRACE_KEY) && !key.equals(SPAN_KEY)) {
                keys.put(key, value);
            }
        });
        if (pairs != null) {
            pairs.forEach(pair -> keys.put(String.valueOf(pair.key), String.valueOf(pair.value)));
        }
        return keys;
    }
}
