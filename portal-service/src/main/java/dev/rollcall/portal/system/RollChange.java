package dev.rollcall.portal.system;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of the roll, as the registry reports it.
 *
 * @param revision the roll's revision after it
 * @param time the time, if known
 * @param kind the kind of change
 * @param reason the cause; may be empty
 * @param service the instance's service
 * @param url the instance's address
 */
record RollChange(long revision, Optional<Instant> time, String kind, String reason, String service, String url) {
    @JsonCreator
    static RollChange fromWire(
            @JsonProperty("Revision") @Nullable Long revision,
            @JsonProperty("Time") @Nullable Instant time,
            @JsonProperty("Kind") @Nullable String kind,
            @JsonProperty("Reason") @Nullable String reason,
            @JsonProperty("ServiceName") @Nullable String service,
            @JsonProperty("ServiceURL") @Nullable String url) {
        return new RollChange(
                revision == null ? 0 : revision,
                Optional.ofNullable(time),
                kind == null ? "" : kind,
                reason == null ? "" : reason,
                service == null ? "" : service,
                url == null ? "" : url);
    }

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
