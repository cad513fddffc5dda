package dev.rollcall.shipping;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The result of one request to the log service. */
sealed interface DeliveryResult {
    /**
     * Whether the result shows that the service is down: nothing listens, or what listens is stopping. A service that
     * is merely busy sends {@code Retry-After}.
     */
    boolean isServiceGone();

    /**
     * A response arrived.
     *
     * @param ack the value of {@code Log-Ack}; empty if the response has none
     * @param retryAfter the value of {@code Retry-After}
     */
    record Responded(int status, OptionalLong ack, Optional<Duration> retryAfter) implements DeliveryResult {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        @Override
        public boolean isServiceGone() {
            return status == 503 && retryAfter.isEmpty();
        }
    }

    /** No response arrived, so it is unknown whether the records did. */
    record NoResponse(String reason) implements DeliveryResult {
        @Override
        public boolean isServiceGone() {
            return false;
        }
    }

    /** No connection was made, so nothing arrived. */
    record Refused(String reason) implements DeliveryResult {
        @Override
        public boolean isServiceGone() {
            return true;
        }
    }
}
