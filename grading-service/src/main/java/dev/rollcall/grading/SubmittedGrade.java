package dev.rollcall.grading;

import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Score;

/** A grade as somebody posts it, checked. */
record SubmittedGrade(String title, GradeType type, Score score, String comment) {
    /** Reads it; the fields know what is wrong. */
    static SubmittedGrade of(JsonFields jsonFields) {
        return new SubmittedGrade(
                jsonFields.title(),
                jsonFields.type(),
                jsonFields.score("Score"),
                jsonFields.comment().orElse(""));
    }
}
