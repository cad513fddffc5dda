package dev.rollcall.shipping;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bounds of a shipper, and where it keeps what waits.
 *
 * @param bufferBytesMax how much memory may be taken by what is not yet on disk; without a directory, or while the disk
 *     takes nothing, by all that waits
 * @param spill the directory for what waits; several processes may share it. Empty: what waits is in memory only, and
 *     lost with the process
 * @param spillBytesMax how much disk may be taken, also by what earlier runs left there; with some more for one file
 * @param drop what is given up at these bounds
 * @param withCaller whether the line of code that logs is shipped too, as the key {@code caller}: costs each call some
 *     microseconds
 * @param batchBytesMax a batch leaves when it has reached this size, before compression. At most half of what the log
 *     service takes as a body
 * @param batchDelay a batch leaves when its oldest record is this old. Longer: fewer requests
 * @param gzipBytesMin smaller batches aren't compressed
 * @param requestLimit how long one request may take, answer included
 * @param retryMin the wait after a first failure is random between 0 and this; each further failure doubles it
 * @param retryMax the longest such wait
 * @param flush how long {@link LogShipper#close} waits at most for what is still to be sent
 */
public record ShippingSettings(
        long bufferBytesMax,
        Optional<Path> spill,
        long spillBytesMax,
        DropPolicy drop,
        boolean withCaller,
        int batchBytesMax,
        Duration batchDelay,
        int gzipBytesMin,
        Duration requestLimit,
        Duration retryMin,
        Duration retryMax,
        Duration flush) {
    /**
     * 8 MiB in memory, no directory, 256 MiB if there is one, newest dropped; batches of 512 KiB or 200 ms, gzip above
     * 4 KiB; 5 s a request; retries after 0.2 to 5 s; 5 s to flush.
     */
    public static final ShippingSettings DEFAULT = new ShippingSettings(
            8 << 20,
            Optional.empty(),
            256 << 20,
            DropPolicy.NEWEST,
            false,
            512 << 10,
            Duration.ofMillis(200),
            4 << 10,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    /** Throws {@link IllegalArgumentException} unless all are positive; {@code flush} may be zero. */
    public ShippingSettings {
        for (var bound : List.of(bufferBytesMax, spillBytesMax, (long) batchBytesMax, (long) gzipBytesMin)) {
            if (bound < 1) {
                throw new IllegalArgumentException("the bounds of a shipper are positive");
            }
        }
        for (var duration : List.of(batchDelay, requestLimit, retryMin, retryMax)) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("the durations of a shipper are positive");
            }
        }
        if (flush.isNegative()) {
            throw new IllegalArgumentException("the flush of a shipper takes no time or some");
        }
    }

    /** These settings with another bound of memory. */
    public ShippingSettings withBuffer(long bytesMax) {
        return new ShippingSettings(
                bytesMax,
                spill,
                spillBytesMax,
                drop,
                withCaller,
                batchBytesMax,
                batchDelay,
                gzipBytesMin,
                requestLimit,
                retryMin,
                retryMax,
                flush);
    }

    /** These settings with a directory for what waits, or none, and the bound of what it takes of the disk. */
    public ShippingSettings withSpill(Optional<Path> directory, long bytesMax) {
        return new ShippingSettings(
                bufferBytesMax,
                directory,
                bytesMax,
                drop,
                withCaller,
                batchBytesMax,
                batchDelay,
                gzipBytesMin,
                requestLimit,
                retryMin,
                retryMax,
                flush);
    }

    /** These settings with another choice of what is given up. */
    public ShippingSettings withDrop(DropPolicy policy) {
        return new ShippingSettings(
                bufferBytesMax,
                spill,
                spillBytesMax,
                policy,
                withCaller,
                batchBytesMax,
                batchDelay,
                gzipBytesMin,
                requestLimit,
                retryMin,
                retryMax,
                flush);
    }

    /** These settings with the line of code that logs. */
    public ShippingSettings withCaller(boolean wanted) {
        return new ShippingSettings(
                bufferBytesMax,
                spill,
                spillBytesMax,
                drop,
                wanted,
                batchBytesMax,
                batchDelay,
                gzipBytesMin,
                requestLimit,
                retryMin,
                retryMax,
                flush);
    }

    /** These settings with another limit for the last flush. */
    public ShippingSettings withFlush(Duration limit) {
        return new ShippingSettings(
                bufferBytesMax,
                spill,
                spillBytesMax,
                drop,
                withCaller,
                batchBytesMax,
                batchDelay,
                gzipBytesMin,
                requestLimit,
                retryMin,
                retryMax,
                limit);
    }
}
