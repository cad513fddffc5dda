package dev.rollcall.log.store;

import java.time.Duration;

/**
 * The bounds of a store.
 *
 * @param segmentBytes a segment that is this long, not compressed, is closed: larger ones are fewer, smaller ones are
 *     compressed and deleted sooner
 * @param segmentAge a segment that was begun so long ago is closed, if anything is in it
 * @param keepBytes how much may be on disk, indexes included; beyond it the oldest segments are deleted
 * @param keepAge how long ago a segment was closed that is still kept
 * @param pendingBytesMax how much may wait or be on its way to disk; more is refused
 * @param producersMax how many producers are remembered, those heard last
 */
public record StoreSettings(
        long segmentBytes,
        Duration segmentAge,
        long keepBytes,
        Duration keepAge,
        long pendingBytesMax,
        int producersMax) {
    /** 64 MiB or a day a segment, 10 GiB and 30 days in all, 16 MiB on their way, 10,000 producers. */
    public static final StoreSettings DEFAULT =
            new StoreSettings(64L << 20, Duration.ofHours(24), 10L << 30, Duration.ofDays(30), 16L << 20, 10_000);
}
