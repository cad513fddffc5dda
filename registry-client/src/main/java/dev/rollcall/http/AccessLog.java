package dev.rollcall.http;

import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request of a sampled trace, so that the services' parts in it are found by its id; within a
 * bound a second, whoever asks for traces. Thread-safe.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    /** What services ask each other all the time; a line for a shipped record would itself be shipped. */
    private static final Set<String> QUIET = Set.of("/heartbeat", "/health", "/metrics", "/services", "/log");

    private static final int LINES_A_SECOND = 200;
    private static final int PATH_MAX = 200;

    private final RateLimiter bound = new RateLimiter(LINES_A_SECOND, System.nanoTime());

    /** Whether requests for a path never have a line. */
    static boolean isQuiet(String path) {
        return QUIET.contains(path);
    }

    /** Tells of a request that was answered just now. */
    void answered(TraceContext trace, String method, String path, int status, long nanos) {
        if (trace.isSampled() && !isQuiet(path) && LOG.isInfoEnabled() && bound.admits(System.nanoTime())) {
            LOG.atInfo()
                    .addKeyValue("status", status)
                    .addKeyValue("ms", String.format(Locale.ROOT, "%.1f", nanos / 1e6))
                    .log("{} {}", method, path.length() > PATH_MAX ? path.substring(0, PATH_MAX) + "…" : path);
        }
    }
}
