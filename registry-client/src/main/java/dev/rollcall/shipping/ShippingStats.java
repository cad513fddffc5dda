package dev.rollcall.shipping;

/**
 * Counts since a shipper's start. {@code produced = acknowledged + dropped + pendingRecords} at any moment.
 *
 * @param produced records logged
 * @param acknowledged records that the log service has
 * @param dropped records dropped: there was no room, they were rejected, or corrupt on disk
 * @param pendingRecords records not yet acknowledged
 * @param bufferedBytes the approximate memory of records not yet on disk
 * @param spilledBytes the disk space, what earlier processes left included
 */
public record ShippingStats(
        long produced, long acknowledged, long dropped, long pendingRecords, long bufferedBytes, long spilledBytes) {}
