package dev.rollcall.log.store;

import java.util.Optional;

/**
 * Records that are to be stored together, as the lines they will be. If they are numbered, each has its sequence, in
 * order and without a hole.
 */
public final class AppendRequest {
    private final Optional<Numbering> numbering;
    private final byte[] bytes;
    private final int length;
    private final boolean hasGaps;
    private final String service;
    private final String instance;
    private final BlockStats blockStats;

    AppendRequest(
            Optional<Numbering> numbering,
            byte[] bytes,
            int length,
            boolean hasGaps,
            String service,
            String instance,
            BlockStats blockStats) {
        this.numbering = numbering;
        this.bytes = bytes;
        this.length = length;
        this.hasGaps = hasGaps;
        this.service = service;
        this.instance = instance;
        this.blockStats = blockStats;
    }

    /** Begins one whose lines stand in a request's body, or some of them. */
    public static AppendRequestBuilder from(byte[] body) {
        return new AppendRequestBuilder(body);
    }

    Optional<Numbering> numbering() {
        return numbering;
    }

    /** The lines, each with its end; valid up to {@link #length}. Nobody changes them. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Whether one of the records stands for others that were dropped. */
    boolean hasGaps() {
        return hasGaps;
    }

    /** The service that the first record names. */
    String service() {
        return service;
    }

    /** The instance that the first record names. */
    String instance() {
        return instance;
    }

    BlockStats stats() {
        return blockStats;
    }
}
