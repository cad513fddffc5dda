package dev.rollcall.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a distributed trace (W3C Trace Context, level 1).
 *
 * @param trace 32 lower-case hex digits, not all 0
 * @param span 16 lower-case hex digits, this service's own part of the trace
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
            // a later version may add fields at the end, version 00 has none
            Pattern.compile(
                    "(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

    /**
     * Goes on with the trace that a {@code traceparent} header names, or begins one where it is absent or wrong.
     *
     * @param samples whether one that begins here is sampled; asked only then
     */
    static TraceContext continuing(@Nullable String header, BooleanSupplier samples) {
        if (header != null) {
            var match = SHAPE.matcher(header);
            if (match.matches()) {
                return new TraceContext(match.group(1), randomHex(), match.group(2));
            }
        }
        return new TraceContext(randomHex() + randomHex(), randomHex(), samples.getAsBoolean() ? "01" : "00");
    }

    /** Whether each service is to write a line about its part in it. */
    public boolean isSampled() {
        // the lowest of eight flags (Trace Context, 3.2.2.5)
        return (Character.digit(flags.charAt(1), 16) & 1) == 1;
    }

    /** The header that passes this trace on. */
    public String header() {
        return "00-" + trace + "-" + span + "-" + flags;
    }

    private static String randomHex() {
        // "| 1" so that it is never all zeros, which the standard forbids
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }
}
