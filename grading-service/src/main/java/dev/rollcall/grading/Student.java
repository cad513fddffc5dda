package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One student with grades, as served.
 *
 * @param id from 1, never used again for another
 * @param firstName the given name
 * @param lastName the family name
 * @param grades in the order they were added
 */
@JsonPropertyOrder({"ID", "FirstName", "LastName", "Grades"})
record Student(
        @JsonProperty("ID") int id,
        @JsonProperty("FirstName") String firstName,
        @JsonProperty("LastName") String lastName,
        @JsonProperty("Grades") List<Grade> grades) {
    /** Copies. */
    Student {
        grades = List.copyOf(grades);
    }
}
