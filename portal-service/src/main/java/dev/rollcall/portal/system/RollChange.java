package dev.rollcall.portal.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the roll, as the registry reports it.
 *
 * @param revision the roll's revision after it
 * @param time the time; {@code null} if unknown
 * @param kind the kind of change
 * @param reason the cause; may be empty
 * @param service the instance's service
 * @param url the instance's address
 */
@JsonNaming(UpperCamelCaseStrategy.class)
record RollChange(
        long revision,
        @Nullable Instant time,
        String kind,
        String reason,
        @JsonProperty("ServiceName") String service,
        @JsonProperty("ServiceURL") String url) {
    /** Returns whether the instance left the roll. */
    boolean isGone() {
        return kind.equals("deregistered") || kind.equals("forgotten");
    }

    /** Returns the health that it led to. */
    Health health() {
        return kind.equals("registered") ? Health.STARTING : Health.of(kind);
    }

    /** Returns a sign of its own shape for each kind. */
    String sign() {
        return switch (kind) {
            case "registered" -> "+";
            case "deregistered", "forgotten" -> "−";
            default -> health().sign();
        };
    }
}
