package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instance's entry in the registry, as the instance sends it.
 *
 * <p>On the wire an absent optional field, {@code null} and the empty text or list mean the same.
 *
 * @param url its address and its key: registering the same URL again replaces the entry
 * @param requires the services whose providers it is notified of, without duplicates
 * @param updateUrl where patches are posted; {@code null} for none
 * @param heartbeatUrl where it is probed; {@code null} if it cannot be
 * @param instanceId the id of the process, new at each start; empty for plain instances
 * @param protocol 2 if it understands revisions (the extended layer), otherwise 0
 * @param metadata version, zone, weight …, at most 64 entries
 */
@JsonPropertyOrder({
    "ServiceName",
    "ServiceURL",
    "RequiredServices",
    "ServiceUpdateURL",
    "HeartbeatURL",
    "InstanceID",
    "Protocol",
    "Metadata"
})
public record Registration(
        @JsonProperty("ServiceName") ServiceName name,
        @JsonProperty("ServiceURL") HttpUrl url,
        @JsonProperty("RequiredServices") List<ServiceName> requires,

        @JsonProperty("ServiceUpdateURL") @JsonInclude(Include.NON_NULL) @Nullable
        URI updateUrl,

        @JsonProperty("HeartbeatURL") @JsonInclude(Include.NON_NULL) @Nullable
        URI heartbeatUrl,

        @JsonProperty("InstanceID") @JsonInclude(Include.NON_EMPTY)
        String instanceId,

        @JsonProperty("Protocol") @JsonInclude(Include.NON_DEFAULT)
        int protocol,

        @JsonProperty("Metadata") @JsonInclude(Include.NON_EMPTY)
        Map<String, String> metadata) {
    /** The protocol number of the extended layer. */
    public static final int EXTENDED = 2;

    private static final int TEXT_MAX = 200;
    private static final int METADATA_MAX = 64;
    private static final int REQUIRES_MAX = 1_000;

    /** Throws {@link IllegalArgumentException} for what the protocol does not allow. */
    public Registration {
        Objects.requireNonNull(name);
        Objects.requireNonNull(url);
        requires = requires.stream().distinct().toList();
        metadata = Map.copyOf(metadata);
        if (requires.size() > REQUIRES_MAX) {
            throw new IllegalArgumentException("RequiredServices holds at most " + REQUIRES_MAX + " names");
        }
        if (instanceId.length() > TEXT_MAX || instanceId.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("InstanceID is at most " + TEXT_MAX + " printable ASCII characters");
        }
        if (metadata.size() > METADATA_MAX) {
            throw new IllegalArgumentException("Metadata holds at most " + METADATA_MAX + " entries");
        }
    }

    @JsonCreator
    static Registration fromWire(
            @JsonProperty("ServiceName") @Nullable String name,
            @JsonProperty("ServiceURL") @Nullable String url,
            @JsonProperty("RequiredServices") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable String> requires,
            // the spelling of several copies of the tutorial
            @JsonProperty("RequiredService")
                    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    @JsonDeserialize(contentUsing = LenientElements.class)
                    @Nullable
                    List<@Nullable String> requiresToo,
            @JsonProperty("ServiceUpdateURL") @Nullable String updateUrl,
            @JsonProperty("HeartbeatURL") @Nullable String heartbeatUrl,
            @JsonProperty("InstanceID") @Nullable String instanceId,
            @JsonProperty("Protocol") @Nullable Integer protocol,
            @JsonProperty("Metadata") @Nullable Map<String, @Nullable String> metadata) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("ServiceName is missing");
        }
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("ServiceURL is missing");
        }
        return new Registration(
                new ServiceName(name),
                HttpUrl.of(url),
                names(requires, requiresToo),
                optionalUrl(updateUrl),
                optionalUrl(heartbeatUrl),
                instanceId == null ? "" : instanceId,
                protocol == null ? 0 : protocol,
                withoutNulls(metadata));
    }

    /** Returns the smallest registration: no required services, no patches, no probes. */
    public static Registration of(ServiceName name, HttpUrl url) {
        return new Registration(name, url, List.of(), null, null, "", 0, Map.of());
    }

    /** Returns whether the instance understands revisions, so that a patch applied twice does no harm. */
    @JsonIgnore
    public boolean isExtended() {
        return protocol >= EXTENDED;
    }

    /** Returns this registration with empty metadata. */
    public Registration withoutMetadata() {
        return new Registration(name, url, requires, updateUrl, heartbeatUrl, instanceId, protocol, Map.of());
    }

    /** Returns the instance as its dependants see it. */
    public Provider asProvider() {
        return new Provider(name, url, instanceId, metadata);
    }

    /** Returns {@link #updateUrl()}, if any. */
    public Optional<URI> findUpdateUrl() {
        return Optional.ofNullable(updateUrl);
    }

    /** Returns {@link #heartbeatUrl()}, if any. */
    public Optional<URI> findHeartbeatUrl() {
        return Optional.ofNullable(heartbeatUrl);
    }

    private static List<ServiceName> names(
            @Nullable List<@Nullable String> names, @Nullable List<@Nullable String> more) {
        return Stream.of(orEmpty(names), orEmpty(more))
                .flatMap(List::stream)
                .filter(n -> n != null && !n.isBlank())
                .map(ServiceName::new)
                .toList();
    }

    private static List<@Nullable String> orEmpty(@Nullable List<@Nullable String> list) {
        return list == null ? List.of() : list;
    }

    private static @Nullable URI optionalUrl(@Nullable String url) {
        return url == null || url.isBlank() ? null : HttpUrl.absoluteUri(url.strip());
    }

    static Map<String, String> withoutNulls(@Nullable Map<String, @Nullable String> map) {
        var copy = new LinkedHashMap<String, String>();
        if (map != null) {
            map.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key, value);
                }
            });
        }
        return copy;
    }
}
