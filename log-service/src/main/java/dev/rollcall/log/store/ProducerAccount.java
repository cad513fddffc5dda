package dev.rollcall.log.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * What is known of one producer. Of all that it produced, each record was received, announced as dropped, or is
 * unaccounted for.
 *
 * @param producer its UUID
 * @param service the service that its first record named
 * @param instance the instance that its first record named
 * @param received its records that are or were stored
 * @param dropped its records that it announced as dropped
 * @param duplicates its records that came again and were not stored again, since this service started
 * @param lastSequence the highest sequence that it was acknowledged: so many it produced
 * @param lastHeard when its last request came; after a restart, the time of its last stored record
 */
@JsonPropertyOrder({
    "producer",
    "service",
    "instance",
    "produced",
    "received",
    "dropped",
    "unaccounted",
    "duplicates",
    "lastSequence",
    "lastHeard"
})
public record ProducerAccount(
        String producer,
        String service,
        String instance,
        long received,
        long dropped,
        long duplicates,
        long lastSequence,
        Instant lastHeard) {
    static ProducerAccount unknown(String producer, String service, String instance, long first, Instant now) {
        return new ProducerAccount(producer, service, instance, 0, 0, 0, first - 1, now);
    }

    /** How many records it has made up to the last one that was acknowledged. */
    @JsonProperty
    public long produced() {
        return lastSequence;
    }

    /** Those it made before this store first heard of it, or that an earlier store of its had. */
    @JsonProperty
    public long unaccounted() {
        return produced() - received - dropped;
    }

    ProducerAccount received(long more, long last, Instant now) {
        return new ProducerAccount(
                producer, service, instance, received + more, dropped, duplicates, Math.max(lastSequence, last), now);
    }

    ProducerAccount dropped(long more, long last, Instant now) {
        return new ProducerAccount(
                producer, service, instance, received, dropped + more, duplicates, Math.max(lastSequence, last), now);
    }

    ProducerAccount repeated(long more, Instant now) {
        return new ProducerAccount(
                producer, service, instance, received, dropped, duplicates + more, lastSequence, now);
    }
}
