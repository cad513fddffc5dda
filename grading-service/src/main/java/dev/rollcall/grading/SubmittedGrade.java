package dev.rollcall.grading;

import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Score;

/** A grade as somebody posts it, checked. */
record SubmittedGrade(String title, GradeType type, Score score, String comment) {
    /** Reads it; the fields know what is wrong. */
    static SubmittedGrade of(Fields fields) {
        return new SubmittedGrade(
                fields.title(),
                fields.type(),
                fields.score("Score"),
                fields.comment().orElse(""));
    }
}
