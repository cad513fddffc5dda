package dev.rollcall.shipping;

import java.nio.file.Path;
import java.time.Duration;
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
 * @param flush how long {@link LogShipper#close} waits at most for what is still to be sent
 * @param pace how it sends
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
            throw new IllegalArgumentException("the flush of a shipper takes no time or some");
        }
    }

    /** These settings with another bound of memory. */
    public ShippingSettings withBuffer(long bytesMax) {
        return new ShippingSettings(bytesMax, spill, spillBytesMax, drop, withCaller, flush, pace);
    }

    /** These settings with a directory for what waits, or none, and the bound of what it takes of the disk. */
    public ShippingSettings withSpill(Optional<Path> directory, long bytesMax) {
        return new ShippingSettings(bufferBytesMax, directory, bytesMax, drop, withCaller, flush, pace);
    }

    /** These settings with another choice of what is given up. */
    public ShippingSettings withDrop(DropPolicy policy) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, policy, withCaller, flush, pace);
    }

    /** These settings with the line of code that logs. */
    public ShippingSettings withCaller(boolean wanted) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, wanted, flush, pace);
    }

    /** These settings with another limit for the last flush. */
    public ShippingSettings withFlush(Duration limit) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, withCaller, limit, pace);
    }

    /** These settings with another pace. */
    public ShippingSettings withPace(ShippingPace other) {
        return new ShippingSettings(bufferBytesMax, spill, spillBytesMax, drop, withCaller, flush, other);
    }
}
