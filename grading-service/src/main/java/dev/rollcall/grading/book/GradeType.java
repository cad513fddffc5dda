package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The type of graded work. */
public enum GradeType {
    TEST("Test"),
    QUIZ("Quiz"),
    HOMEWORK("Homework"),
    EXAM("Exam");

    /** The allowed types, for error messages. */
    public static final String ALLOWED =
            Arrays.stream(values()).map(GradeType::wireName).collect(Collectors.joining(", ", "must be one of ", ""));

    private final String wireName;

    GradeType(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name in JSON. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Finds a type by its exact name in JSON. */
    public static Optional<GradeType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findAny();
    }
}
