package dev.rollcall.grading.sums;

/**
 * How one kind of work counts.
 *
 * @param weight relative to the weights of the other kinds
 * @param dropLowest how many of a student's marks to drop; at least one mark always counts
 */
public record Rule(long weight, int dropLowest) {
    public Rule {
        if (weight < 0 || dropLowest < 0) {
            throw new IllegalArgumentException("a rule's numbers are 0 or more");
        }
    }
}
