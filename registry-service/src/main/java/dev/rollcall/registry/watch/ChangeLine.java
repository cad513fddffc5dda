package dev.rollcall.registry.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A {@link RollChange} on the wire: its own fields, followed by those of the {@link RollLine}. */
@JsonPropertyOrder({"Revision", "Time", "Kind", "Reason"})
record ChangeLine(
        @JsonProperty("Revision") long revision,
        @JsonProperty("Time") Instant time,
        @JsonProperty("Kind") String kind,
        @JsonProperty("Reason") String reason,
        @JsonUnwrapped RollLine instance) {

    static ChangeLine of(RollChange rollChange, List<ServiceName> missing) {
        return new ChangeLine(
                rollChange.revision(),
                rollChange.time(),
                rollChange.kind().word(),
                rollChange.reason(),
                RollLine.of(rollChange.entry(), missing).withoutReason());
    }

    /** Returns one line of plain text without its end. */
    String text() {
        var suffix = reason.isEmpty() ? "" : " (" + reason.replaceAll("\\p{Cntrl}", " ") + ")";
        return String.format(Locale.ROOT, "%s  %-12s  %s  %s%s", time, kind, instance.name(), instance.url(), suffix);
    }
}
