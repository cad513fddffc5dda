package dev.rollcall.grading.book;

import java.util.Optional;

/** What is to be changed of a grade; what is empty stays. */
public record GradeEdit(Optional<Score> score, Optional<Boolean> excused, Optional<String> comment) {
    static final GradeEdit NOTHING = new GradeEdit(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether nothing is to be changed. */
    public boolean isEmpty() {
        return score.isEmpty() && excused.isEmpty() && comment.isEmpty();
    }

    static GradeEdit excuse(boolean excused) {
        return new GradeEdit(Optional.empty(), Optional.of(excused), Optional.empty());
    }

    static GradeEdit score(Score score) {
        return new GradeEdit(Optional.of(score), Optional.empty(), Optional.empty());
    }
}
