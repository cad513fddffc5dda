package dev.rollcall.log.store;

/**
 * How large a store is, and what it took in since its start.
 *
 * @param records how many records it took in
 * @param bytes how much they are as lines
 * @param groups in how many groups, each synced once
 * @param segments how many files of records there are
 * @param unsealed how many of them wait to be compressed
 * @param fileBytes how large they are together, on disk
 * @param pendingBytes how much waits or is on its way to disk
 */
public record StoreStats(
        long records, long bytes, long groups, int segments, int unsealed, long fileBytes, long pendingBytes) {}
