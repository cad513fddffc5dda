package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
@JsonNaming(UpperCamelCaseStrategy.class)
public record HistoryEntry(
        @JsonProperty("ID") int id,
        Instant time,
        String who,
        @Nullable Integer student,
        @Nullable Integer grade,
        String what,
        @JsonRawValue @Nullable String from,
        @JsonRawValue @Nullable String to,
        String why,
        String trace) {}
