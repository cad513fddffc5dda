package dev.rollcall.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends writes that a client does not read in time.
 *
 * <p>The built-in server has blocking writes only, and no limit for them except one for a whole response. A write is
 * ended by interrupting its thread, which closes the connection ({@link java.nio.channels.InterruptibleChannel}): the
 * only way without access to the server's channel.
 *
 * <p>Usually a write may take the whole limit. When so many are stuck that others would wait for a thread, all writes
 * older than the short limit are ended.
 */
final class WriteTimeouts {
    private final Set<WriteTimeout> writers = ConcurrentHashMap.newKeySet();
    private final long limitNanos;
    private final long shortLimitNanos;
    private final int stuckMax;
    private volatile boolean isShortened;

    /**
     * Creates the timeouts.
     *
     * @param limit the limit of one write
     * @param shortLimit the limit when too many are stuck, or after {@link #skipWaiting}
     * @param stuckMax how many may be older than the short limit
     */
    WriteTimeouts(Duration limit, Duration shortLimit, int stuckMax) {
        this.limitNanos = limit.toNanos();
        this.shortLimitNanos = shortLimit.toNanos();
        this.stuckMax = stuckMax;
    }

    /** Starts timing a writer, until the result is closed. */
    WriteTimeout start() {
        var writeTimeout = new WriteTimeout(writers::remove, System.nanoTime());
        writers.add(writeTimeout);
        return writeTimeout;
    }

    /** Applies the short limit from now on. */
    void skipWaiting() {
        isShortened = true;
    }

    /** Ends the writes that exceed their limit. */
    void check(long now) {
        var limit = isShortened || stuck(now) > stuckMax ? shortLimitNanos : limitNanos;
        writers.forEach(writeTimeout -> {
            if (writeTimeout.isOlder(limit, now)) {
                writeTimeout.cut();
            }
        });
    }

    private long stuck(long now) {
        return writers.stream()
                .filter(writeTimeout -> writeTimeout.isOlder(shortLimitNanos, now))
                .limit(stuckMax + 1L)
                .count();
    }
}
