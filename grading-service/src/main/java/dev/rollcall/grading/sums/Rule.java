package dev.rollcall.grading.sums;

/**
 * How one kind of work counts.
 *
 * @param weight relative to that of the others
 * @param dropLowest how many of a student's marks don't count; one always does
 */
public record Rule(long weight, int dropLowest) {
    /** Throws {@link IllegalArgumentException} if a number is negative. */
    public Rule {
        if (weight < 0 || dropLowest < 0) {
            throw new IllegalArgumentException("a rule's numbers are 0 or more");
        }
    }
}
