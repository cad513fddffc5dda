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
 * One instance of a service, as the registry tells of it.
 *
 * @param service the service's name
 * @param url where it is reached
 * @param id its own id; empty for a plain one
 * @param health what the registry thinks of it
 * @param reason why its last heartbeat failed, or it is suspect or evicted; empty if there is nothing to tell
 * @param since when it registered; {@code null} if that isn't told
 * @param lastAnswer when it last answered a heartbeat; {@code null} if it never did
 * @param requires the services that it requires
 * @param missing those of them that have no provider
 * @param metadata what it says of itself
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
    /** Copies. */
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

    /** The same, as it answered last. */
    Instance answeredAt(@Nullable Instant time) {
        return new Instance(service, url, id, health, reason, since, time, requires, missing, metadata);
    }

    /** Returns whether dependants are told of it. One that is suspect before it ever answered is told to nobody. */
    boolean isAnnounced() {
        return health.isAnnounced() && (health != Health.SUSPECT || lastAnswer != null);
    }

    /** When it registered, seen from now. */
    String since(Instant now) {
        return ago(since, now).orElse("not told");
    }

    /** When it last answered, seen from now. */
    String answered(Instant now) {
        return ago(lastAnswer, now).map(age -> "answered " + age).orElse("never asked, or no answer yet");
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
