package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was graded, by its name on the wire. */
enum GradeType {
    TEST("Test"),
    QUIZ("Quiz"),
    HOMEWORK("Homework"),
    EXAM("Exam");

    /** What is allowed, as told to one who sent something else. */
    static final String ALLOWED =
            Arrays.stream(values()).map(GradeType::wireName).collect(Collectors.joining(", ", "must be one of ", ""));

    private final String wireName;

    GradeType(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    String wireName() {
        return wireName;
    }

    /** The type of this name, letter by letter. */
    static Optional<GradeType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findAny();
    }
}
