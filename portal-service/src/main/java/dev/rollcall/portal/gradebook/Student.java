package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rollcall.wire.LenientElements;
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
 * @param isWithdrawn whether the student left
 * @param version up by one a change; 0 from a plain service, where nothing but adding grades is possible
 * @param told the averages, if the service tells them
 */
record Student(
        long id,
        String firstName,
        String lastName,
        List<Grade> grades,
        boolean isWithdrawn,
        long version,
        Optional<Averages> told) {
    /** Copies. */
    Student {
        grades = List.copyOf(grades);
    }

    @JsonCreator
    static Student fromWire(
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("FirstName") @Nullable String firstName,
            @JsonProperty("LastName") @Nullable String lastName,
            @JsonProperty("Grades") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable Grade> grades,
            @JsonProperty("Withdrawn") @Nullable Boolean withdrawn,
            @JsonProperty("Version") @Nullable Long version,
            @JsonProperty("Average") @Nullable Averages average) {
        if (id == null) {
            throw new IllegalArgumentException("a student has an ID");
        }
        return new Student(
                id,
                firstName == null ? "" : firstName,
                lastName == null ? "" : lastName,
                grades == null
                        ? List.of()
                        : grades.stream().filter(Objects::nonNull).toList(),
                withdrawn != null && withdrawn,
                version == null ? 0 : version,
                Optional.ofNullable(average));
    }

    /** Whether this service lets students be changed. */
    boolean isChangeable() {
        return version > 0;
    }

    /** Both names, or the number where there are none. */
    String name() {
        var name = (firstName + " " + lastName).strip();
        return name.isEmpty() ? "Student " + id : name;
    }

    /** The averages as told or, by a plain service, the average of all scores. */
    Averages standing() {
        return told.orElseGet(() -> new Averages(
                Average.of(grades.stream()
                                .flatMap(grade -> grade.scored().stream())
                                .toList())
                        .map(Average::rounded),
                Optional.empty(),
                ""));
    }
}
