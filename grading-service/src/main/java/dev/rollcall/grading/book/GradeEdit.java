package dev.rollcall.grading.book;

import java.util.Optional;

/** A change of a grade; empty fields stay as they are. */
public record GradeEdit(Optional<Score> score, Optional<Boolean> excused, Optional<String> comment) {
    static final GradeEdit NOTHING = new GradeEdit(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns whether no field is set. */
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
