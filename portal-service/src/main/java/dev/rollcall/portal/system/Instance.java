package dev.rollcall.portal.system;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rollcall.portal.page.Age;
import dev.rollcall.wire.LenientElements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
            @JsonProperty("ServiceName") String service,
            @JsonProperty("ServiceURL") String url,
            @JsonProperty("InstanceID") String id,
            @JsonProperty("Health") String health,
            @JsonProperty("Reason") String reason,
            @JsonProperty("Since") @Nullable Instant since,
            @JsonProperty("LastAnswer") @Nullable Instant lastAnswer,
            @JsonProperty("RequiredServices") @JsonDeserialize(contentUsing = LenientElements.class)
                    List<String> requires,
            @JsonProperty("Missing") @JsonDeserialize(contentUsing = LenientElements.class) List<String> missing,
            @JsonProperty("Metadata") @JsonSetter(contentNulls = Nulls.AS_EMPTY) Map<String, String> metadata) {
        return new Instance(
                service, url, id, Health.of(health), reason, since, lastAnswer, requires, missing, metadata);
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
        return since == null ? "unknown" : Age.of(since, now);
    }
}
