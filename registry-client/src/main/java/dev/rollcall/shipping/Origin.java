package dev.rollcall.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.wire.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose records a run's are.
 *
 * @param producer the run's name
 * @param service the service
 * @param instance its process
 */
record Origin(String producer, String service, String instance) {
    @JsonCreator
    static Origin fromFile(
            @JsonProperty("producer") @Nullable String producer,
            @JsonProperty("service") @Nullable String service,
            @JsonProperty("instance") @Nullable String instance) {
        if (producer == null) {
            throw new IllegalArgumentException("a run has a producer");
        }
        return new Origin(producer, Objects.toString(service, ""), Objects.toString(instance, ""));
    }

    /** What announces a gap to the log service: a line that stands in the place of those that are missing. */
    byte[] lineOf(Gap gap) {
        return Json.bytes(new GapLine(
                gap.time(),
                service,
                instance,
                "WARN",
                LogShipper.class.getName(),
                gap.message(),
                gap.last(),
                new Dropped(gap.first(), gap.last(), gap.reason())));
    }

    String plainTextOf(Gap gap) {
        return "[" + service + "] - " + gap.message();
    }

    @JsonPropertyOrder({"time", "service", "instance", "level", "logger", "message", "sequence", "dropped"})
    private record GapLine(
            Instant time,
            String service,
            String instance,
            String level,
            String logger,
            String message,
            long sequence,
            Dropped dropped) {}

    @JsonPropertyOrder({"from", "to", "reason"})
    private record Dropped(long from, long to, String reason) {}
}
