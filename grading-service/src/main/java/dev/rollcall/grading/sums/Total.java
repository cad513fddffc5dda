package dev.rollcall.grading.sums;

import java.util.List;

/** The sums of several marks, in millionths. */
record Total(long earned, long possible) {
    static Total of(List<Mark> marks) {
        var earned = 0L;
        var possible = 0L;
        for (var mark : marks) {
            earned = Math.addExact(earned, mark.earned());
            possible = Math.addExact(possible, mark.possible());
        }
        return new Total(earned, possible);
    }

    /** Returns whether this total has the greater quotient, compared exactly. */
    boolean isBetterThan(Total other) {
        return Product.compare(earned, other.possible, other.earned, possible) > 0;
    }
}
