package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A student with grades and averages.
 *
 * @param grades in the order they were added, including excused ones
 */
@JsonPropertyOrder({"ID", "FirstName", "LastName", "Grades", "Withdrawn", "Version", "Average"})
public record Student(
        @JsonProperty("ID") int id,
        @JsonProperty("FirstName") String firstName,
        @JsonProperty("LastName") String lastName,
        @JsonProperty("Grades") List<Grade> grades,
        @JsonProperty("Withdrawn") boolean withdrawn,
        @JsonProperty("Version") int version,
        @JsonProperty("Average") Average average) {
    public Student {
        grades = List.copyOf(grades);
    }
}
