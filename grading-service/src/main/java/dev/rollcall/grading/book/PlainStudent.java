package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A student in the plain layer of the protocol.
 *
 * @param grades the grades with a score that aren't excused, in the order they were added
 */
@JsonPropertyOrder({"ID", "FirstName", "LastName", "Grades"})
public record PlainStudent(
        @JsonProperty("ID") int id,
        @JsonProperty("FirstName") String firstName,
        @JsonProperty("LastName") String lastName,
        @JsonProperty("Grades") List<PlainGrade> grades) {
    public PlainStudent {
        grades = List.copyOf(grades);
    }

    /** A grade in the plain layer of the protocol. */
    @JsonPropertyOrder({"Title", "Type", "Score"})
    public record PlainGrade(
            @JsonProperty("Title") String title,
            @JsonProperty("Type") GradeType type,
            @JsonProperty("Score") Score score) {}
}
