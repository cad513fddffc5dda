package dev.rollcall.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The file descriptors that the process may open ({@code ulimit -n}), of which live responses may use a part. At the
 * limit the built-in server's dispatcher spins and accepts no connection until one is free. The server's own bound of
 * connections ({@code jdk.httpserver.maxConnections}) is not used, because it counts a connection whose response was
 * cut for ever.
 *
 * @param max the number that the process may open
 */
record Descriptors(long max) {
    /** Enough for requests, files and calls, where the limit is high. */
    private static final long OTHERS_MAX = 8_000;

    private static final long STREAMS_MAX = 20_000;

    static Descriptors ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new Descriptors(system.getMaxFileDescriptorCount())
                : new Descriptors(Long.MAX_VALUE);
    }

    /** Returns the bound of live responses. It leaves room for requests, and for one more connection per stream. */
    int streams() {
        var rest = max - Math.min(max / 4 * 3, OTHERS_MAX);
        return (int) Math.max(1, Math.min(rest, STREAMS_MAX));
    }
}
