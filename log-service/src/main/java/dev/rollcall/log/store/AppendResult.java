package dev.rollcall.log.store;

import java.util.OptionalLong;

/** What became of a submission. */
public sealed interface AppendResult {
    /**
     * All of it is on disk, once; duplicates were there before.
     *
     * @param ack the producer's last stored sequence; empty if the submission had no numbers
     */
    record Stored(OptionalLong ack) implements AppendResult {}

    /**
     * None of it is, since sequences before it are missing.
     *
     * @param ack the producer's last stored sequence
     */
    record Gap(long ack) implements AppendResult {}

    /**
     * None of it is; it may be sent again.
     *
     * @param reason for the one who sent it
     */
    record Unavailable(String reason) implements AppendResult {}
}
