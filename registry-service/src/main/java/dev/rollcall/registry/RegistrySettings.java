package dev.rollcall.registry;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.Readers;
import java.time.Duration;
import java.util.Map;

/**
 * The registry's settings.
 *
 * @param host those that every service has
 * @param heartbeat how often each instance is asked for its heartbeat
 * @param heartbeatLimit how long a heartbeat may take
 * @param patchLimit how long a dependant may take for a patch
 * @param forget how long an evicted instance is remembered
 * @param instancesMax how many instances the roll holds
 */
record RegistrySettings(
        HostSettings host,
        Duration heartbeat,
        Duration heartbeatLimit,
        Duration patchLimit,
        Duration forget,
        int instancesMax) {

    static RegistrySettings parseOrExit(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare("registry-service", "Knows who is here and tells who asked for it.", 3000)
                .option("heartbeat", "3s", Readers::duration, "how often each instance is asked for its heartbeat")
                .option("heartbeat-limit", "1s", Readers::duration, "how long a heartbeat may take")
                .option("patch-limit", "2s", Readers::duration, "how long a dependant may take for a patch")
                .option("forget", "10m", Readers::duration, "how long an evicted instance is remembered")
                .option("instances-max", "100000", Readers.wholeNumber(1, 10_000_000), "instances on the roll")
                .parseOrExit(args, environment);
        return new RegistrySettings(
                HostSettings.from(parsed),
                parsed.get("heartbeat", Duration.class),
                parsed.get("heartbeat-limit", Duration.class),
                parsed.get("patch-limit", Duration.class),
                parsed.get("forget", Duration.class),
                parsed.get("instances-max", Integer.class));
    }

    CoreSettings core() {
        return new CoreSettings(heartbeat, forget, instancesMax);
    }
}
