package dev.rollcall.log;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * What is known of one producer.
 *
 * @param producer its UUID
 * @param received its records that are stored
 * @param duplicates its records that came again and were not stored again, since this service started
 * @param lastSequence the highest sequence that is stored
 * @param lastHeard when its last request came; after a restart, the time of its last stored record
 */
@JsonPropertyOrder({"producer", "received", "duplicates", "lastSequence", "lastHeard"})
record ProducerAccount(String producer, long received, long duplicates, long lastSequence, Instant lastHeard) {
    static ProducerAccount unknown(Numbering numbering, Instant now) {
        return new ProducerAccount(numbering.producer(), 0, 0, numbering.first() - 1, now);
    }

    /** This account after a request of which so many records were known already and the rest was stored. */
    ProducerAccount after(Numbering numbering, long known, Instant now) {
        return new ProducerAccount(
                producer,
                received + numbering.count() - known,
                duplicates + known,
                Math.max(lastSequence, numbering.last()),
                now);
    }
}
