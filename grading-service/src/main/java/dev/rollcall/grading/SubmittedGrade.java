package dev.rollcall.grading;

import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Score;

/** A validated grade from a request body. */
record SubmittedGrade(String title, GradeType type, Score score, String comment) {
    /** Reads a grade; invalid fields are recorded in {@code fields}. */
    static SubmittedGrade from(JsonFields fields) {
        return new SubmittedGrade(
                fields.title(),
                fields.type(),
                fields.score("Score"),
                fields.comment().orElse(""));
    }
}
