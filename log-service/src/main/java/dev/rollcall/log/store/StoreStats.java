package dev.rollcall.log.store;

/**
 * The size of a store, and what it has stored since its start.
 *
 * @param records stored since the start
 * @param bytes of lines stored since the start
 * @param groups stored since the start, each with one sync
 * @param segments the number of segment files
 * @param unsealed how many of them are not compressed
 * @param fileBytes their size on disk
 * @param pendingBytes pending or in flight to disk
 */
public record StoreStats(
        long records, long bytes, long groups, int segments, int unsealed, long fileBytes, long pendingBytes) {}
