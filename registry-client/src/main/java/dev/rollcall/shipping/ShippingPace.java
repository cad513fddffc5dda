package dev.rollcall.shipping;

import java.time.Duration;
import java.util.List;

/**
 * Batch sizes and intervals of a shipper.
 *
 * @param batchBytesMax a batch is sent when it reaches this size, before compression; at most half of the body size
 *     that the log service accepts
 * @param batchDelay a batch is sent when its oldest record is this old; longer means fewer requests
 * @param gzipBytesMin smaller batches are not compressed
 * @param requestLimit the limit of one request, response included
 * @param retryMin the delay after a first failure is random between 0 and this; each further failure doubles it
 * @param retryMax the longest such delay
 */
public record ShippingPace(
        int batchBytesMax,
        Duration batchDelay,
        int gzipBytesMin,
        Duration requestLimit,
        Duration retryMin,
        Duration retryMax) {
    /** Batches of 512 KiB or 200 ms, gzip above 4 KiB; 5 s a request; retries after 0.2 to 5 s. */
    public static final ShippingPace DEFAULT = new ShippingPace(
            512 << 10,
            Duration.ofMillis(200),
            4 << 10,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    /** Throws {@link IllegalArgumentException} unless all are positive. */
    public ShippingPace {
        if (batchBytesMax < 1 || gzipBytesMin < 1) {
            throw new IllegalArgumentException("the bounds of a shipper are positive");
        }
        for (var duration : List.of(batchDelay, requestLimit, retryMin, retryMax)) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("the durations of a shipper are positive");
            }
        }
    }
}
