package dev.rollcall.registry.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance of the roll on the wire. */
@JsonPropertyOrder({
    "ServiceName",
    "ServiceURL",
    "InstanceID",
    "Health",
    "Reason",
    "Since",
    "LastAnswer",
    "RequiredServices",
    "Missing",
    "Metadata"
})
record RollLine(
        @JsonProperty("ServiceName") ServiceName name,
        @JsonProperty("ServiceURL") HttpUrl url,
        @JsonProperty("InstanceID") String instanceId,
        @JsonProperty("Health") Health health,

        @JsonProperty("Reason") @JsonInclude(Include.NON_NULL) @Nullable
        String reason,

        @JsonProperty("Since") Instant since,

        @JsonProperty("LastAnswer") @JsonInclude(Include.NON_NULL) @Nullable
        Instant lastAnswer,

        @JsonProperty("RequiredServices") List<ServiceName> requires,
        @JsonProperty("Missing") List<ServiceName> missing,
        @JsonProperty("Metadata") Map<String, String> metadata) {
    /** Returns this line without a reason, for a change, which has its own. */
    RollLine withoutReason() {
        return new RollLine(name, url, instanceId, health, null, since, lastAnswer, requires, missing, metadata);
    }

    static RollLine of(RollView.Entry entry, List<ServiceName> missing) {
        var registration = entry.registration();
        return new RollLine(
                registration.name(),
                registration.url(),
                registration.instanceId(),
                entry.health(),
                entry.lastResponse().reason(),
                entry.since(),
                entry.lastResponse().time().orElse(null),
                registration.requires(),
                missing,
                registration.metadata());
    }
}
