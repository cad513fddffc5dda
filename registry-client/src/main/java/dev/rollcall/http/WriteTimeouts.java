package dev.rollcall.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends writes that the other side doesn't take in time.
 *
 * <p>The built-in server has blocking writes only, and no limit for them but one for a whole answer. A write is ended
 * by interrupting its thread, which closes the connection ({@link java.nio.channels.InterruptibleChannel}): the one way
 * that the server leaves to those who don't hold its channel.
 *
 * <p>Usually a write may take the whole limit. When too many are stuck at once, so that those behind them would wait
 * for a thread, all that are older than the short limit are ended.
 */
final class WriteTimeouts {
    private final Set<WriteTimeout> watches = ConcurrentHashMap.newKeySet();
    private final long limitNanos;
    private final long shortLimitNanos;
    private final int stuckMax;
    private volatile boolean hurried;

    /**
     * Looks after writes.
     *
     * @param limit how long one may take
     * @param shortLimit how long one may take when too many are stuck, or when hurried
     * @param stuckMax how many may be older than the short limit
     */
    WriteTimeouts(Duration limit, Duration shortLimit, int stuckMax) {
        this.limitNanos = limit.toNanos();
        this.shortLimitNanos = shortLimit.toNanos();
        this.stuckMax = stuckMax;
    }

    /** Looks after a writer from now on, until the watch is closed. */
    WriteTimeout watch() {
        var writeTimeout = new WriteTimeout(watches::remove, System.nanoTime());
        watches.add(writeTimeout);
        return writeTimeout;
    }

    /** From now on the short limit holds. */
    void skipWaiting() {
        hurried = true;
    }

    /** Ends what has taken too long. */
    void check(long now) {
        var limit = hurried || stuck(now) > stuckMax ? shortLimitNanos : limitNanos;
        watches.forEach(writeTimeout -> {
            if (writeTimeout.isOlder(limit, now)) {
                writeTimeout.cut();
            }
        });
    }

    private long stuck(long now) {
        return watches.stream()
                .filter(writeTimeout -> writeTimeout.isOlder(shortLimitNanos, now))
                .limit(stuckMax + 1L)
                .count();
    }
}
