package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * An instance, seen from a service that requires it.
 *
 * @param instanceId the id of its process; empty if unknown
 * @param metadata what it publishes about itself; empty if unknown
 */
@JsonNaming(UpperCamelCaseStrategy.class)
@JsonInclude(Include.NON_EMPTY)
public record Provider(
        ServiceName name,
        @JsonProperty("URL") HttpUrl url,
        @JsonProperty("InstanceID") String instanceId,
        Map<String, String> metadata) {
    /** Throws {@link IllegalArgumentException} if the name or the URL is missing, as both can be on the wire. */
    public Provider {
        if (name == null || url == null) {
            throw new IllegalArgumentException("a provider has a Name and a URL");
        }
        metadata = Map.copyOf(metadata);
    }

    /** Returns a provider with the plain layer's fields only. */
    public static Provider of(ServiceName name, HttpUrl url) {
        return new Provider(name, url, "", Map.of());
    }

    /** Returns this provider with the plain layer's fields only. */
    public Provider plain() {
        return instanceId.isEmpty() && metadata.isEmpty() ? this : of(name, url);
    }
}
