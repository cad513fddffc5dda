package dev.rollcall.grading.sums;

import java.util.List;

/** What several marks add up to, in millionths. */
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

    /** Whether its quotient is greater; exactly. */
    boolean isBetterThan(Total other) {
        return Product.compare(earned, other.possible, other.earned, possible) > 0;
    }
}
