package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A student as the plain layer of the protocol has it.
 *
 * @param grades those that have a score and aren't excused, in the order they were added
 */
@JsonPropertyOrder({"ID", "FirstName", "LastName", "Grades"})
public record PlainStudent(
        @JsonProperty("ID") int id,
        @JsonProperty("FirstName") String firstName,
        @JsonProperty("LastName") String lastName,
        @JsonProperty("Grades") List<PlainGrade> grades) {
    /** Copies. */
    public PlainStudent {
        grades = List.copyOf(grades);
    }

    /** A grade as the plain layer has it. */
    @JsonPropertyOrder({"Title", "Type", "Score"})
    public record PlainGrade(
            @JsonProperty("Title") String title,
            @JsonProperty("Type") GradeType type,
            @JsonProperty("Score") Score score) {}
}
