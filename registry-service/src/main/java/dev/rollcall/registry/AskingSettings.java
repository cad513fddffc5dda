package dev.rollcall.registry;

import java.time.Duration;

/**
 * The bounds of what is parked for those who ask.
 *
 * @param watchersMax watchers, and as many long polls; more get 503
 * @param history changes that are kept, for {@code GET /events} and for watchers that come back
 * @param reminder how often a watcher hears something although nothing changes
 * @param waitMax the longest long poll
 */
record AskingSettings(int watchersMax, int history, Duration reminder, Duration waitMax) {
    /** 10,000 each, every 15 s, 5 min. */
    static final AskingSettings DEFAULT =
            new AskingSettings(10_000, 10_000, Duration.ofSeconds(15), Duration.ofMinutes(5));

    AskingSettings withWatchersMax(int number) {
        return new AskingSettings(number, history, reminder, waitMax);
    }

    AskingSettings withHistory(int number) {
        return new AskingSettings(watchersMax, number, reminder, waitMax);
    }
}
