package dev.rollcall.http;

import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request of a sampled trace, so that its parts in all services can be found by the trace id.
 * Bounded per second, whichever client samples. Thread-safe.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    /** Requests that services send each other all the time; a line for a shipped record would itself be shipped. */
    private static final Set<String> EXCLUDED = Set.of("/heartbeat", "/health", "/metrics", "/services", "/log");

    private static final int LINES_PER_SECOND = 200;
    private static final int PATH_MAX = 200;

    private final RateLimiter limiter = new RateLimiter(LINES_PER_SECOND, System.nanoTime());

    /** Whether requests for a path are never logged. */
    static boolean isExcluded(String path) {
        return EXCLUDED.contains(path);
    }

    /** Logs a request that was answered just now. */
    void log(TraceContext trace, String method, String path, int status, long nanos) {
        if (trace.isSampled() && !isExcluded(path) && LOG.isInfoEnabled() && limiter.tryAcquire(System.nanoTime())) {
            LOG.atInfo()
                    .addKeyValue("status", status)
                    .addKeyValue("ms", String.format(Locale.ROOT, "%.1f", nanos / 1e6))
                    .log("{} {}", method, path.length() > PATH_MAX ? path.substring(0, PATH_MAX) + "…" : path);
        }
    }
}
