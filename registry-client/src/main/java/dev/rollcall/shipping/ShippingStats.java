package dev.rollcall.shipping;

/**
 * What a shipper has done since its start. {@code produced = acknowledged + dropped + waitingRecords} at any moment.
 *
 * @param produced records that were logged
 * @param acknowledged records that the log service has
 * @param dropped records that were given up: there was no room, they were refused, or damaged on disk
 * @param waitingRecords records held back now
 * @param bufferedBytes about how much memory those take that are not on disk
 * @param spilledBytes how much disk is taken, also by what earlier runs left
 */
public record ShippingStats(
        long produced, long acknowledged, long dropped, long waitingRecords, long bufferedBytes, long spilledBytes) {}
