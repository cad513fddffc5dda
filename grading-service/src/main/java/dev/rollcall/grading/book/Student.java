package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A student with grades and averages.
 *
 * @param grades in the order they were added, including excused ones
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Student(
        @JsonProperty("ID") int id,
        String firstName,
        String lastName,
        List<Grade> grades,
        boolean withdrawn,
        int version,
        Average average) {
    public Student {
        grades = List.copyOf(grades);
    }
}
