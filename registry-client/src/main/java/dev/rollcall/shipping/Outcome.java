package dev.rollcall.shipping;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of one request to the log service. */
sealed interface Outcome {
    /**
     * It answered.
     *
     * @param ack what {@code Log-Ack} says; empty if the answer bears none
     * @param retryAfter how long it asks to be left alone
     */
    record Answered(int status, OptionalLong ack, Optional<Duration> retryAfter) implements Outcome {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * No answer came, so it isn't known whether the records arrived.
     *
     * @param reason for people
     */
    record Unanswered(String reason) implements Outcome {}
}
