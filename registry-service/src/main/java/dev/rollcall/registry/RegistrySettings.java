package dev.rollcall.registry;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.SettingParsers;
import dev.rollcall.registry.core.CoreSettings;
import dev.rollcall.registry.watch.WatchSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The registry's settings.
 *
 * @param heartbeat how often each instance is probed
 * @param heartbeatLimit how long a probe may take
 * @param patchLimit how long a dependant may take for a patch
 * @param forget how long an evicted instance is remembered
 * @param instancesMax how many instances the roll holds
 * @param watch the bounds of watches, long polls and the change history
 */
public record RegistrySettings(
        HostSettings host,
        Duration heartbeat,
        Duration heartbeatLimit,
        Duration patchLimit,
        Duration forget,
        int instancesMax,
        WatchSettings watch) {
    private static final int HEAP_SHARE = 16;

    public static RegistrySettings parseOrExit(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare(
                        "registry-service", "Keeps the roll of all services and notifies their dependants.", 3000)
                .option("heartbeat", "3s", SettingParsers::duration, "how often each instance is probed")
                .option("heartbeat-limit", "1s", SettingParsers::duration, "how long a heartbeat may take")
                .option("patch-limit", "2s", SettingParsers::duration, "how long a dependant may take for a patch")
                .option("forget", "10m", SettingParsers::duration, "how long an evicted instance is remembered")
                .option("instances-max", "100000", SettingParsers.wholeNumber(1, 10_000_000), "instances on the roll")
                .option(
                        "watchers-max",
                        "10000",
                        SettingParsers.wholeNumber(1, 1_000_000),
                        "watchers at once, and as many long polls; more get 503")
                .option(
                        "history",
                        "10000",
                        SettingParsers.wholeNumber(1, 1_000_000),
                        "changes kept for /events and for watchers that reconnect")
                .parseOrExit(args, environment);
        return new RegistrySettings(
                HostSettings.from(parsed),
                parsed.get("heartbeat", Duration.class),
                parsed.get("heartbeat-limit", Duration.class),
                parsed.get("patch-limit", Duration.class),
                parsed.get("forget", Duration.class),
                parsed.get("instances-max", Integer.class),
                WatchSettings.DEFAULT
                        .withWatchersMax(parsed.get("watchers-max", Integer.class))
                        .withHistory(parsed.get("history", Integer.class)));
    }

    CoreSettings core() {
        return new CoreSettings(heartbeat, forget, instancesMax, rollBytesMax());
    }

    /**
     * Returns a sixteenth of the heap: 1 GiB has room for 100,000 instances of 670 bytes, and for a page of all of
     * them.
     */
    private static long rollBytesMax() {
        return Math.min(
                CoreSettings.DEFAULT.rollBytesMax(), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }
}
