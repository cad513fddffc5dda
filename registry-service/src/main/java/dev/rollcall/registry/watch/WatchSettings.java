package dev.rollcall.registry.watch;

import java.time.Duration;

/**
 * The bounds of watches, long polls and the change history.
 *
 * @param watchersMax watchers, and as many long polls; more get 503
 * @param history changes kept for {@code GET /events} and for watchers that reconnect
 * @param reminder how often a watcher is sent something although nothing changes
 * @param waitMax the longest long poll
 */
public record WatchSettings(int watchersMax, int history, Duration reminder, Duration waitMax) {
    /** 10,000 each, every 15 s, 5 min. */
    public static final WatchSettings DEFAULT =
            new WatchSettings(10_000, 10_000, Duration.ofSeconds(15), Duration.ofMinutes(5));

    public WatchSettings withWatchersMax(int number) {
        return new WatchSettings(number, history, reminder, waitMax);
    }

    public WatchSettings withHistory(int number) {
        return new WatchSettings(watchersMax, number, reminder, waitMax);
    }
}
