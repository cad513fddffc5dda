package dev.rollcall.shipping;

/**
 * What a shipper has done since its start. {@code produced = acknowledged + dropped + bufferedRecords} at any moment;
 * the notices by which it announces drops are among the produced.
 *
 * @param produced records that were logged
 * @param acknowledged records that the log service has
 * @param dropped records that were given up: the buffer was full, they were refused, or the process stopped
 * @param bufferedRecords records held back now
 * @param bufferedBytes about how much memory they take
 */
public record ShippingStats(long produced, long acknowledged, long dropped, int bufferedRecords, long bufferedBytes) {}
