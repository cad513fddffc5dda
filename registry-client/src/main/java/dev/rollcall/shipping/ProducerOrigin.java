package dev.rollcall.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.wire.Dropped;
import dev.rollcall.wire.LogRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a session's records.
 *
 * @param producer the session's name
 * @param instance the instance id of the process
 */
record ProducerOrigin(String producer, String service, String instance) {
    @JsonCreator
    static ProducerOrigin fromFile(
            @JsonProperty("producer") @Nullable String producer,
            @JsonProperty("service") @Nullable String service,
            @JsonProperty("instance") @Nullable String instance) {
        if (producer == null) {
            throw new IllegalArgumentException("a session has a producer");
        }
        return new ProducerOrigin(producer, Objects.toString(service, ""), Objects.toString(instance, ""));
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
