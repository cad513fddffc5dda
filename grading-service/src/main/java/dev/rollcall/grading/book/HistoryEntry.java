package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change in the history.
 *
 * @param student the student's id; null if the change concerns no student
 * @param grade the grade's id; null if the change concerns no grade
 * @param from the state before the change, as JSON; null if there was none
 * @param to the state after the change, as JSON; null if there is none
 * @param trace the trace id of the request
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
