package dev.rollcall.shipping;

import java.time.Duration;
import java.util.List;

/**
 * The bounds of a shipper.
 *
 * @param bufferBytesMax how much is held back while the log service doesn't take it; when full, what is logged is
 *     dropped and counted
 * @param batchBytesMax a batch leaves when it has reached this size, before compression. At most half of what the log
 *     service takes as a body
 * @param batchDelay a batch leaves when its oldest record is this old. Longer: fewer requests, and more is lost when the
 *     process is killed
 * @param gzipBytesMin smaller batches aren't compressed
 * @param requestLimit how long one request may take, answer included
 * @param retryMin the wait after a first failure is random between 0 and this; each further failure doubles it
 * @param retryMax the longest such wait
 * @param flush how long {@link LogShipper#close} waits for what is still to be sent
 */
public record ShippingSettings(
        long bufferBytesMax,
        int batchBytesMax,
        Duration batchDelay,
        int gzipBytesMin,
        Duration requestLimit,
        Duration retryMin,
        Duration retryMax,
        Duration flush) {
    /** 8 MiB held back; batches of 512 KiB or 200 ms, gzip above 4 KiB; 5 s a request; retries after 0.2 to 5 s; 5 s to flush. */
    public static final ShippingSettings DEFAULT = new ShippingSettings(
            8 << 20,
            512 << 10,
            Duration.ofMillis(200),
            4 << 10,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    /** Throws {@link IllegalArgumentException} unless all are positive; {@code flush} may be zero. */
    public ShippingSettings {
        if (bufferBytesMax < 1 || batchBytesMax < 1 || gzipBytesMin < 1 || flush.isNegative()) {
            throw new IllegalArgumentException("the bounds of a shipper are positive");
        }
        for (var duration : List.of(batchDelay, requestLimit, retryMin, retryMax)) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("the durations of a shipper are positive");
            }
        }
    }

    /** These settings with another limit for the last flush. */
    public ShippingSettings withFlush(Duration limit) {
        return new ShippingSettings(
                bufferBytesMax, batchBytesMax, batchDelay, gzipBytesMin, requestLimit, retryMin, retryMax, limit);
    }
}
