package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A student in the plain layer of the protocol.
 *
 * @param grades the grades with a score that aren't excused, in the order they were added
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record PlainStudent(@JsonProperty("ID") int id, String firstName, String lastName, List<PlainGrade> grades) {
    public PlainStudent {
        grades = List.copyOf(grades);
    }

    /** A grade in the plain layer of the protocol. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record PlainGrade(String title, GradeType type, Score score) {}
}
