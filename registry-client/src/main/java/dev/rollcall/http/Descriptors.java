package dev.rollcall.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The descriptors that the process may open ({@code ulimit -n}), of which live answers may take a part: at the limit the
 * built-in server's dispatcher spins and answers no newcomer until one is free. The server's own bound of connections
 * ({@code jdk.httpserver.maxConnections}) is not used: it counts a connection whose answer was cut for ever.
 *
 * @param max how many the process may open
 */
record Descriptors(long max) {
    /** Plenty for requests, files and calls, where there is plenty. */
    private static final long OTHERS_MAX = 8_000;

    private static final long STREAMS_MAX = 20_000;

    static Descriptors ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new Descriptors(system.getMaxFileDescriptorCount())
                : new Descriptors(Long.MAX_VALUE);
    }

    /** Returns how many live answers there may be: requests find room beside them, and each may cost a connection more. */
    int streams() {
        var rest = max - Math.min(max / 4 * 3, OTHERS_MAX);
        return (int) Math.max(1, Math.min(rest, STREAMS_MAX));
    }
}
