package dev.rollcall.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.wire.Dropped;
import dev.rollcall.wire.LogRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose records a run's are.
 *
 * @param producer the run's name
 * @param service the service
 * @param instance its process
 */
record ProducerOrigin(String producer, String service, String instance) {
    @JsonCreator
    static ProducerOrigin fromFile(
            @JsonProperty("producer") @Nullable String producer,
            @JsonProperty("service") @Nullable String service,
            @JsonProperty("instance") @Nullable String instance) {
        if (producer == null) {
            throw new IllegalArgumentException("a run has a producer");
        }
        return new ProducerOrigin(producer, Objects.toString(service, ""), Objects.toString(instance, ""));
    }

    /** What announces a gap to the log service: it stands in the place of those that are missing. */
    LogRecord recordOf(DroppedRange droppedRange) {
        return LogRecord.gap(
                droppedRange.time(),
                service,
                instance,
                new Dropped(droppedRange.first(), droppedRange.last(), droppedRange.reason()));
    }
}
