package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was graded, by its name on the wire. */
public enum GradeType {
    /** A test. */
    TEST("Test"),
    /** A quiz. */
    QUIZ("Quiz"),
    /** Work at home. */
    HOMEWORK("Homework"),
    /** An exam. */
    EXAM("Exam");

    /** What is allowed, as told to one who sent something else. */
    public static final String ALLOWED =
            Arrays.stream(values()).map(GradeType::wireName).collect(Collectors.joining(", ", "must be one of ", ""));

    private final String wireName;

    GradeType(String wireName) {
        this.wireName = wireName;
    }

    /** Its name on the wire. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The type of this name, letter by letter. */
    public static Optional<GradeType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findAny();
    }
}
