package dev.rollcall.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance on the roll, as those who ask are told of it. */
@JsonPropertyOrder({
    "ServiceName",
    "ServiceURL",
    "InstanceID",
    "Health",
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
        @JsonProperty("Since") Instant since,

        @JsonProperty("LastAnswer") @JsonInclude(Include.NON_NULL) @Nullable
        Instant lastAnswer,

        @JsonProperty("RequiredServices") List<ServiceName> requires,
        @JsonProperty("Missing") List<ServiceName> missing,
        @JsonProperty("Metadata") Map<String, String> metadata) {
    static RollLine of(RollView.Entry entry, List<ServiceName> missing) {
        var registration = entry.registration();
        return new RollLine(
                registration.name(),
                registration.url(),
                registration.instanceId(),
                entry.health(),
                entry.since(),
                entry.lastAnswer().get().orElse(null),
                registration.requires(),
                missing,
                registration.metadata());
    }
}
