package dev.rollcall.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's place in a distributed trace (W3C Trace Context, level 1).
 *
 * @param trace 32 lower-case hex digits, not all 0
 * @param span 16 lower-case hex digits, this service's part of the trace
 * @param flags 2 hex digits
 */
public record TraceContext(String trace, String span, String flags) {
    /** The request header's name. */
    public static final String HEADER = "traceparent";
    /** The logging context's key for {@link #trace()}. */
    public static final String TRACE_KEY = "trace";
    /** The logging context's key for {@link #span()}. */
    public static final String SPAN_KEY = "span";

    private static final Pattern SHAPE =
            // a later version may add fields at the end; version 00 has none
            Pattern.compile(
                    "(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

    /**
     * Continues the trace that a {@code traceparent} header names, or starts one if it is absent or invalid.
     *
     * @param samples whether to sample a trace that starts here; evaluated only then
     */
    static TraceContext continueOrStart(@Nullable String header, BooleanSupplier samples) {
        if (header != null) {
            var match = SHAPE.matcher(header);
            if (match.matches()) {
                return new TraceContext(match.group(1), randomHex(), match.group(2));
            }
        }
        return new TraceContext(randomHex() + randomHex(), randomHex(), samples.getAsBoolean() ? "01" : "00");
    }

    /** Whether each service logs a line about its part of the trace. */
    public boolean isSampled() {
        // the lowest of eight flags (Trace Context, 3.2.2.5)
        return (Character.digit(flags.charAt(1), 16) & 1) == 1;
    }

    /** Returns the header that passes this trace on. */
    public String header() {
        return "00-" + trace + "-" + span + "-" + flags;
    }

    private static String randomHex() {
        // "| 1" because the standard forbids all zeros
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }
}
