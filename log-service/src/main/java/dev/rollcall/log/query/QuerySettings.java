package dev.rollcall.log.query;

import java.time.Duration;

/**
 * The bounds of queries.
 *
 * @param queriesMax how many queries run at once, each with half a MiB of memory; more wait
 * @param queryWait how long a query waits before it is refused
 * @param followersMax how many followers there may be; more are refused
 * @param lagBytesMax how many bytes of lines a follower may lag before records are skipped
 * @param keepAlivePeriod the interval of comments to event streams
 */
public record QuerySettings(
        int queriesMax, Duration queryWait, int followersMax, long lagBytesMax, Duration keepAlivePeriod) {
    /** 32 queries, a wait of 5 s, 1,000 followers that may lag 64 MiB, a comment every 15 s. */
    public static final QuerySettings DEFAULT =
            new QuerySettings(32, Duration.ofSeconds(5), 1_000, 64L << 20, Duration.ofSeconds(15));
}
