package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rollcall.wire.LenientElements;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One student with grades, from an extended or a plain grading service; a missing field is empty.
 *
 * @param id the student's id
 *
 * @param grades the grades in the grading service's order
 * @param isWithdrawn whether the student left
 * @param version rises by one per change; 0 from a plain service, which can only add grades
 * @param reportedAverages the averages, if the service sends them
 */
record Student(
        long id,
        String firstName,
        String lastName,
        List<Grade> grades,
        boolean isWithdrawn,
        long version,
        Optional<Averages> reportedAverages) {
    Student {
        grades = List.copyOf(grades);
    }

    @JsonCreator
    static Student fromWire(
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("FirstName") String firstName,
            @JsonProperty("LastName") String lastName,
            @JsonProperty("Grades") @JsonDeserialize(contentUsing = LenientElements.class) List<Grade> grades,
            @JsonProperty("Withdrawn") boolean withdrawn,
            @JsonProperty("Version") long version,
            @JsonProperty("Average") @Nullable Averages average) {
        if (id == null) {
            throw new IllegalArgumentException("a student has an ID");
        }
        return new Student(id, firstName, lastName, grades, withdrawn, version, Optional.ofNullable(average));
    }

    /** Returns whether this service can change students. */
    boolean isChangeable() {
        return version > 0;
    }

    /** Returns both names, or {@code Student} and the id if they are empty. */
    String name() {
        var name = (firstName + " " + lastName).strip();
        return name.isEmpty() ? "Student " + id : name;
    }

    /** Returns the reported averages or, from a plain service, the average of all scores. */
    Averages averages() {
        return reportedAverages.orElseGet(() -> new Averages(
                Average.of(grades.stream()
                                .flatMap(grade -> grade.scored().stream())
                                .toList())
                        .map(Average::rounded),
                Optional.empty(),
                ""));
    }
}
