package dev.rollcall.log.store;

import java.util.OptionalLong;

/** The result of an {@link AppendRequest}. */
public sealed interface AppendResult {
    /**
     * All of it is on disk, once; duplicates were there before.
     *
     * @param ack the producer's last stored sequence; empty if the request is not numbered
     */
    record Stored(OptionalLong ack) implements AppendResult {}

    /**
     * None of it is stored, since earlier sequences are missing.
     *
     * @param ack the producer's last stored sequence
     */
    record Gap(long ack) implements AppendResult {}

    /**
     * None of it is stored; the client may retry.
     *
     * @param reason for the client
     */
    record Unavailable(String reason) implements AppendResult {}
}
