package dev.rollcall.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.wire.Dropped;
import dev.rollcall.wire.LogRecord;

/**
 * The origin of a session's records.
 *
 * @param producer the session's name
 * @param instance the instance id of the process
 */
record ProducerOrigin(String producer, String service, String instance) {
    @JsonCreator
    static ProducerOrigin fromFile(
            @JsonProperty("producer") String producer,
            @JsonProperty("service") String service,
            @JsonProperty("instance") String instance) {
        if (producer.isEmpty()) {
            throw new IllegalArgumentException("a session has a producer");
        }
        return new ProducerOrigin(producer, service, instance);
    }

    /** Returns the record that announces dropped records to the log service, in their place. */
    LogRecord recordOf(DroppedRange droppedRange) {
        return LogRecord.gap(
                droppedRange.time(),
                service,
                instance,
                new Dropped(droppedRange.first(), droppedRange.last(), droppedRange.reason()));
    }
}
