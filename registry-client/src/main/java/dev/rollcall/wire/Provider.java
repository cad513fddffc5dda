package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance, seen from a service that requires it.
 *
 * @param name the service it provides
 * @param url where it is reached
 * @param instanceId the process's own id; empty when unknown
 * @param metadata what it says of itself; empty when unknown
 */
@JsonPropertyOrder({"Name", "URL", "InstanceID", "Metadata"})
public record Provider(
        @JsonProperty("Name") ServiceName name,
        @JsonProperty("URL") HttpUrl url,

        @JsonProperty("InstanceID") @JsonInclude(Include.NON_EMPTY)
        String instanceId,

        @JsonProperty("Metadata") @JsonInclude(Include.NON_EMPTY)
        Map<String, String> metadata) {
    /** Copies. */
    public Provider {
        metadata = Map.copyOf(metadata);
    }

    @JsonCreator
    static Provider fromWire(
            @JsonProperty("Name") @Nullable String name,
            @JsonProperty("URL") @Nullable String url,
            @JsonProperty("InstanceID") @Nullable String instanceId,
            @JsonProperty("Metadata") @Nullable Map<String, @Nullable String> metadata) {
        if (name == null || url == null) {
            throw new IllegalArgumentException("a provider has a Name and a URL");
        }
        return new Provider(
                new ServiceName(name),
                HttpUrl.of(url),
                instanceId == null ? "" : instanceId,
                Registration.withoutNulls(metadata));
    }

    /** A provider of whom only the plain layer's fields are known. */
    public static Provider of(ServiceName name, HttpUrl url) {
        return new Provider(name, url, "", Map.of());
    }

    /** This provider with the plain layer's fields only. */
    public Provider plain() {
        return instanceId.isEmpty() && metadata.isEmpty() ? this : of(name, url);
    }
}
