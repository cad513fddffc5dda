package dev.rollcall.log.query;

import java.time.Duration;

/**
 * The bounds of asking.
 *
 * @param queriesMax how many queries are worked on at once, each with half a MiB of memory; more wait
 * @param queryWait how long one waits for its turn before it is refused
 * @param followersMax how many may follow the log at once; more are refused
 * @param lagBytesMax how many bytes of lines one who follows may be behind before he is told what he missed
 * @param keepAlivePeriod how often one who follows by events hears something, at least
 */
public record QuerySettings(int queriesMax, Duration queryWait, int followersMax, long lagBytesMax, Duration keepAlivePeriod) {
    /** 32 queries that wait 5 s, 1,000 tails that may be 64 MiB behind, a comment every 15 s. */
    public static final QuerySettings DEFAULT =
            new QuerySettings(32, Duration.ofSeconds(5), 1_000, 64L << 20, Duration.ofSeconds(15));
}
