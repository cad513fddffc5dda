package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was logged, as it was at the call: nothing in it changes any more. Made by the caller's thread, so it holds what
 * is there already and leaves all making of texts to {@link RecordEncoder}, but for what could change.
 *
 * @param level as a number of Logback's
 * @param thrown the exception, whose stack Logback has taken down
 * @param context the logging context (MDC), a copy that nobody changes
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

    /** About how much memory it takes. */
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
            // causes may go round; a few say enough of how much it is
            var each = thrown;
            for (var i = 0; i < CAUSES_MAX && each != null; i++) {
                bytes += (long) FRAME_BYTES * each.getStackTraceElementProxyArray().length;
                each = each.getCause();
            }
        } catch (RuntimeException | Error e) {
            // somebody else's, who may do anything; how much it is shows when it is written
        }
        return bytes;
    }
}
