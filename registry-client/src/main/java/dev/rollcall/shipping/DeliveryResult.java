package dev.rollcall.shipping;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of one request to the log service. */
sealed interface DeliveryResult {
    /**
     * Whether it shows that nobody takes records there any more: nobody listens, or who listens is about to end. A
     * service that is only busy says when to come back.
     */
    boolean showsThatItIsGone();

    /**
     * It answered.
     *
     * @param ack what {@code Log-Ack} says; empty if the answer bears none
     * @param retryAfter how long it asks to be left alone
     */
    record Answered(int status, OptionalLong ack, Optional<Duration> retryAfter) implements DeliveryResult {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        @Override
        public boolean showsThatItIsGone() {
            return status == 503 && retryAfter.isEmpty();
        }
    }

    /**
     * No answer came, so it isn't known whether the records arrived.
     *
     * @param reason for people
     */
    record Unanswered(String reason) implements DeliveryResult {
        @Override
        public boolean showsThatItIsGone() {
            return false;
        }
    }

    /**
     * Nobody listens there, so nothing arrived.
     *
     * @param reason for people
     */
    record Refused(String reason) implements DeliveryResult {
        @Override
        public boolean showsThatItIsGone() {
            return true;
        }
    }
}
