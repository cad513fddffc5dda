package dev.rollcall.portal.system;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rollcall.portal.page.Age;
import dev.rollcall.wire.LenientElements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service, as the registry reports it.
 *
 * @param service the service's name
 * @param url its address
 * @param id its id; empty for a plain one
 * @param health the registry's judgement
 * @param reason why its last heartbeat failed, or it is suspect or evicted; may be empty
 * @param since when it registered; {@code null} if unknown
 * @param lastAnswer its last response to a heartbeat; {@code null} if there was none
 * @param requires the services that it requires
 * @param missing those without a provider
 * @param metadata what it publishes about itself
 */
record Instance(
        String service,
        String url,
        String id,
        Health health,
        String reason,
        @Nullable Instant since,
        @Nullable Instant lastAnswer,
        List<String> requires,
        List<String> missing,
        Map<String, String> metadata) {
    Instance {
        requires = List.copyOf(requires);
        missing = List.copyOf(missing);
        metadata = Map.copyOf(metadata);
    }

    @JsonCreator
    static Instance fromWire(
            @JsonProperty("ServiceName") @Nullable String service,
            @JsonProperty("ServiceURL") @Nullable String url,
            @JsonProperty("InstanceID") @Nullable String id,
            @JsonProperty("Health") @Nullable String health,
            @JsonProperty("Reason") @Nullable String reason,
            @JsonProperty("Since") @Nullable Instant since,
            @JsonProperty("LastAnswer") @Nullable Instant lastAnswer,
            @JsonProperty("RequiredServices") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable String> requires,
            @JsonProperty("Missing") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable String> missing,
            @JsonProperty("Metadata") @Nullable Map<String, @Nullable String> metadata) {
        return new Instance(
                service == null ? "" : service,
                url == null ? "" : url,
                id == null ? "" : id,
                Health.of(health == null ? "" : health),
                reason == null ? "" : reason,
                since,
                lastAnswer,
                withoutNulls(requires),
                withoutNulls(missing),
                withoutNulls(metadata));
    }

    /** Returns a copy with this time of the last response. */
    Instance withLastAnswer(@Nullable Instant time) {
        return new Instance(service, url, id, health, reason, since, time, requires, missing, metadata);
    }

    /** Returns whether dependants are notified of it; one that is suspect before its first response is not. */
    boolean isAnnounced() {
        return health.isAnnounced() && (health != Health.SUSPECT || lastAnswer != null);
    }

    /** Returns how long ago it registered. */
    String since(Instant now) {
        return ago(since, now).orElse("unknown");
    }

    /** Returns how long ago it last responded. */
    String answered(Instant now) {
        return ago(lastAnswer, now).map(age -> "answered " + age).orElse("no response yet");
    }

    private static Optional<String> ago(@Nullable Instant then, Instant now) {
        return Optional.ofNullable(then).map(known -> Age.of(known, now));
    }

    private static List<String> withoutNulls(@Nullable List<@Nullable String> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    private static Map<String, String> withoutNulls(@Nullable Map<String, @Nullable String> map) {
        var copy = new TreeMap<String, String>();
        if (map != null) {
            map.forEach((key, value) -> copy.put(key, value == null ? "" : value));
        }
        return copy;
    }
}
