package dev.rollcall.portal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One student with grades, as any grading service tells it; what is missing is empty, as the plain layer has it.
 *
 * @param id the student's number
 * @param firstName the given name
 * @param lastName the family name
 * @param grades in the order in which the grading service has them
 */
record Student(long id, String firstName, String lastName, List<Grade> grades) {
    /** Copies. */
    Student {
        grades = List.copyOf(grades);
    }

    @JsonCreator
    static Student fromWire(
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("FirstName") @Nullable String firstName,
            @JsonProperty("LastName") @Nullable String lastName,
            @JsonProperty("Grades") @Nullable List<@Nullable Grade> grades) {
        if (id == null) {
            throw new IllegalArgumentException("a student has an ID");
        }
        return new Student(
                id,
                firstName == null ? "" : firstName,
                lastName == null ? "" : lastName,
                grades == null
                        ? List.of()
                        : grades.stream().filter(Objects::nonNull).toList());
    }

    /** Both names, or the number where there are none. */
    String name() {
        var name = (firstName + " " + lastName).strip();
        return name.isEmpty() ? "Student " + id : name;
    }

    /** The average of all scores; empty without grades. */
    Optional<Average> average() {
        return Average.of(grades.stream().map(Grade::score).toList());
    }
}
