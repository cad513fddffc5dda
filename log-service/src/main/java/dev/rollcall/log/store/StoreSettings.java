package dev.rollcall.log.store;

import java.time.Duration;

/**
 * The bounds of a store.
 *
 * @param segmentBytes a segment of this uncompressed length is closed. Larger segments are fewer; smaller ones are
 *     compressed and deleted sooner
 * @param segmentAge a segment that is not empty is closed at this age
 * @param keepBytes the bound on disk, indexes included; beyond it the oldest segments are deleted
 * @param keepAge segments are deleted this long after they were closed
 * @param pendingBytesMax the bytes that may be pending or in flight to disk; further requests are refused
 * @param producersMax how many producers are remembered, those heard last
 */
public record StoreSettings(
        long segmentBytes,
        Duration segmentAge,
        long keepBytes,
        Duration keepAge,
        long pendingBytesMax,
        int producersMax) {
    /** 64 MiB or a day a segment, 10 GiB and 30 days in all, 16 MiB pending, 10,000 producers. */
    public static final StoreSettings DEFAULT =
            new StoreSettings(64L << 20, Duration.ofHours(24), 10L << 30, Duration.ofDays(30), 16L << 20, 10_000);
}
