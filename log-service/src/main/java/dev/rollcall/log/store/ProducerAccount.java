package dev.rollcall.log.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * The account of one producer. Each record that it produced was received, announced as dropped, or is unaccounted for.
 *
 * @param producer a UUID
 * @param service the service that its first record named
 * @param instance the instance that its first record named
 * @param received records that are or were stored
 * @param dropped records that it announced as dropped
 * @param duplicates records received again and not stored again, since this service started
 * @param lastSequence the highest acknowledged sequence, and so the number of records produced
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

    /** Returns the number of records produced, up to the last acknowledged one. */
    @JsonProperty
    public long produced() {
        return lastSequence;
    }

    /** Returns the number of records that this store never received: produced earlier, or sent to an earlier store. */
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
