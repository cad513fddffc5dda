package dev.rollcall.shipping;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of a shipper, and the directory for pending records.
 *
 * @param bufferBytesMax the memory for records not yet on disk; without a directory, or while the disk takes nothing,
 *     for all pending records
 * @param spill the directory for pending records, which several processes may share. If empty, pending records are in
 *     memory only and lost with the process
 * @param spillBytesMax the disk space, what earlier processes left included; one file more may be used
 * @param drop what to drop at these bounds
 * @param withCaller whether to ship the line of code that logs, as the key {@code caller}; costs each call some
 *     microseconds
 * @param flush how long {@link LogShipper#close} waits at most for pending records
 * @param pace batch sizes and intervals
 */
public record ShippingSettings(
        long bufferBytesMax,
        Optional<Path> spill,
        long spillBytesMax,
        DropPolicy drop,
        boolean withCaller,
        Duration flush,
        ShippingPace pace) {
    /** 8 MiB in memory, no directory, 256 MiB if there is one, newest dropped; 5 s to flush. */
    public static final ShippingSettings DEFAULT = new ShippingSettings(
            8 << 20,
            Optional.empty(),
            256 << 20,
            DropPolicy.NEWEST,
            false,
            Duration.ofSeconds(5),
            ShippingPace.DEFAULT);

    /** Throws {@link IllegalArgumentException} unless the bounds are positive; {@code flush} may be zero. */
    public ShippingSettings {
        if (bufferBytesMax < 1 || spillBytesMax < 1) {
            throw new IllegalArgumentException("the bounds of a shipper are positive");
        }
        if (flush.isNegative()) {
            throw new IllegalArgumentException("the flush limit of a shipper is not negative");
        }
    }

    public ShippingSettings withBuffer(long bytesMax) {
        return new ShippingSettings(bytesMax, spill, spillBytesMax, drop, withCaller, flush, pace);
    }

    public ShippingSettings withSpill(Optional<Path> directory, long bytesMax) {
        return new ShippingSettings(bufferBytesMax, directory, bytesMax, drop, withCaller, flush, pace);
    }

    public ShippingSettings withDrop(DropPolicy policy) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, policy, withCaller, flush, pace);
    }

    public ShippingSettings withCaller(boolean wanted) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, wanted, flush, pace);
    }

    public ShippingSettings withFlush(Duration limit) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, withCaller, limit, pace);
    }

    public ShippingSettings withPace(ShippingPace other) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, withCaller, flush, other);
    }
}
