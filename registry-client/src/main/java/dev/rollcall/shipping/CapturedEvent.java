package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was at the logging call; immutable. Created by the caller's thread, so it holds existing objects and
 * leaves formatting to {@link RecordEncoder}, except for what may change later.
 *
 * @param level Logback's numeric level
 * @param thrown the exception, whose stack Logback has captured
 * @param context a copy of the logging context (MDC) that is never changed
 * @param extras key-value pairs, markers and caller, alternating names and values
 */
record CapturedEvent(
        Instant time,
        int level,
        String logger,
        String thread,
        String message,
        @Nullable IThrowableProxy thrown,
        Map<String, String> context,
        List<String> extras) {
    private static final int OVERHEAD_BYTES = 200;
    private static final int FRAME_BYTES = 120;
    private static final int CAUSES_MAX = 10;

    /** Returns the approximate size in memory. */
    long bytes() {
        var bytes = (long) OVERHEAD_BYTES + message.length();
        for (var each : context.entrySet()) {
            bytes += each.getKey().length() + each.getValue().length();
        }
        for (var extra : extras) {
            bytes += extra.length();
        }
        return bytes + thrownBytes();
    }

    private long thrownBytes() {
        var bytes = 0L;
        try {
            // causes may form a cycle; a few are enough for an estimate
            var each = thrown;
            for (var i = 0; i < CAUSES_MAX && each != null; i++) {
                bytes += (long) FRAME_BYTES * each.getStackTraceElementProxyArray().length;
                each = each.getCause();
            }
        } catch (RuntimeException | Error e) {
            // a foreign implementation, which may throw anything; the true size shows when it is written
        }
        return bytes;
    }
}
