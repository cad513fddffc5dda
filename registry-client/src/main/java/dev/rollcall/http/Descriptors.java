package dev.rollcall.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many connections fit into the descriptors that the process may open ({@code ulimit -n}). The rest is for files and
 * for calls of its own. Without a bound the built-in server's dispatcher spins as soon as it can't accept; it then answers
 * nobody new, and few of those who are connected.
 *
 * @param max how many the process may open
 */
record Descriptors(long max) {
    /** Plenty for files and for calls, where there is plenty. */
    private static final long OTHERS_MAX = 4_000;

    private static final long CONNECTIONS_MAX = 20_000;

    static Descriptors ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new Descriptors(system.getMaxFileDescriptorCount())
                : new Descriptors(Long.MAX_VALUE);
    }

    /** How many connections at once. */
    int connections() {
        return bounded(max - Math.min(max / 2, OTHERS_MAX));
    }

    /** How many of them may be live answers: requests find room beside them, and each may cost another connection. */
    int streams() {
        return bounded(max - Math.min(max / 4 * 3, 2 * OTHERS_MAX));
    }

    private static int bounded(long count) {
        return (int) Math.max(1, Math.min(count, CONNECTIONS_MAX));
    }
}
