package dev.rollcall.log;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.PublishedSettings;
import dev.rollcall.host.SettingParsers;
import dev.rollcall.log.query.QuerySettings;
import dev.rollcall.log.store.StoreSettings;
import java.time.Duration;
import java.util.Map;

record LogSettings(HostSettings host, StoreSettings store, QuerySettings query) {
    static final String PROGRAM = "log-service";
    private static final int PORT = 4000;
    private static final Duration QUERY_WAIT = Duration.ofSeconds(5);
    private static final Duration REMINDER = Duration.ofSeconds(15);

    static LogSettings parse(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare(PROGRAM, "Collects, stores and serves the log records of all services.", PORT)
                .option(
                        "segment-bytes",
                        "64MiB",
                        SettingParsers::bytes,
                        "how long a segment gets before it is compressed")
                .option(
                        "segment-age",
                        "24h",
                        SettingParsers::duration,
                        "how old a segment gets before it is compressed")
                .option(
                        "keep-bytes",
                        "10GiB",
                        SettingParsers::bytes,
                        "kept on disk, indexes included; the oldest goes first")
                .option(
                        "keep-age",
                        "720h",
                        SettingParsers::duration,
                        "how long a segment is kept after its last record")
                .option(
                        "waiting-max",
                        "16MiB",
                        SettingParsers::bytes,
                        "bytes pending or in flight to disk; more gets 503")
                .option("producers-max", "10000", SettingParsers.wholeNumber(1, 1_000_000), "producers remembered")
                .option(
                        "queries-max",
                        "32",
                        SettingParsers.wholeNumber(1, 10_000),
                        "queries at once; more wait, then get 503")
                .option("tails-max", "1000", SettingParsers.wholeNumber(1, 100_000), "followers at once; more get 503")
                .option(
                        "behind-max",
                        "64MiB",
                        SettingParsers::bytes,
                        "how far a follower may lag before records are skipped")
                .parseOrExit(args, environment);
        return new LogSettings(
                HostSettings.from(parsed),
                new StoreSettings(
                        parsed.get("segment-bytes", Long.class),
                        parsed.get("segment-age", Duration.class),
                        parsed.get("keep-bytes", Long.class),
                        parsed.get("keep-age", Duration.class),
                        parsed.get("waiting-max", Long.class),
                        parsed.get("producers-max", Integer.class)),
                new QuerySettings(
                        parsed.get("queries-max", Integer.class),
                        QUERY_WAIT,
                        parsed.get("tails-max", Integer.class),
                        parsed.get("behind-max", Long.class),
                        REMINDER));
    }

    /** Returns the settings that the registration publishes. */
    PublishedSettings published() {
        return PublishedSettings.NONE
                .withBytes("keep-bytes", store.keepBytes())
                .with("keep-age", store.keepAge())
                .withBytes("segment-bytes", store.segmentBytes())
                .with("segment-age", store.segmentAge())
                .with("tails-max", query.followersMax());
    }
}
