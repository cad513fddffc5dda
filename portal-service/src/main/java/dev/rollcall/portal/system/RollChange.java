package dev.rollcall.portal.system;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of the roll, as the registry tells of it.
 *
 * @param revision which one
 * @param time when
 * @param kind what happened
 * @param reason why; may be empty
 * @param service whom it befell
 * @param url the instance
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

    /** Whether the instance is on the roll no more. */
    boolean isGone() {
        return kind.equals("deregistered") || kind.equals("forgotten");
    }

    /** How it is shown: the health that it led to. */
    Health health() {
        return kind.equals("registered") ? Health.STARTING : Health.of(kind);
    }

    /** A sign of its own shape for each kind. */
    String sign() {
        return switch (kind) {
            case "registered" -> "+";
            case "deregistered", "forgotten" -> "−";
            default -> health().sign();
        };
    }
}
