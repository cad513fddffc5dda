package dev.rollcall.registry.core;

import java.time.Duration;

/**
 * The settings of the {@link RegistryCore}.
 *
 * @param heartbeat how often each instance is probed
 * @param forget how long an evicted instance is remembered
 * @param instancesMax how many instances the roll holds
 * @param rollBytesMax how many bytes of text the registrations on the roll hold together; each byte takes several in
 *     memory, for it is also part of pages and patches
 */
public record CoreSettings(Duration heartbeat, Duration forget, int instancesMax, long rollBytesMax) {
    /** 3 s, 10 min, 100,000, 128 MiB. */
    public static final CoreSettings DEFAULT =
            new CoreSettings(Duration.ofSeconds(3), Duration.ofMinutes(10), 100_000, 128L << 20);
}
