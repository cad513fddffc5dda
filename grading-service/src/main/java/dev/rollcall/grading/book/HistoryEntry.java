package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change, as the history keeps it.
 *
 * @param student whom it is about; null if it is about nobody in particular
 * @param grade the grade it is about, if it is about one
 * @param from what was there before, as JSON; null if nothing was
 * @param to what was there after; null if nothing was
 * @param trace the trace id of the request that made it
 */
@JsonPropertyOrder({"ID", "Time", "Who", "Student", "Grade", "What", "From", "To", "Why", "Trace"})
public record HistoryEntry(
        @JsonProperty("ID") int id,
        @JsonProperty("Time") Instant time,
        @JsonProperty("Who") String who,
        @JsonProperty("Student") @Nullable Integer student,
        @JsonProperty("Grade") @Nullable Integer grade,
        @JsonProperty("What") String what,
        @JsonProperty("From") @JsonRawValue @Nullable String from,
        @JsonProperty("To") @JsonRawValue @Nullable String to,
        @JsonProperty("Why") String why,
        @JsonProperty("Trace") String trace) {}
