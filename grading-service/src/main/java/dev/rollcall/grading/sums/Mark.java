package dev.rollcall.grading.sums;

/**
 * A score that counts.
 *
 * @param id the grade's number, which decides between equals; 0 for a blank
 * @param kind the place of its rule
 * @param earned the score in millionths, 0 or more
 * @param possible the item's points in millionths, more than 0
 */
public record Mark(int id, int kind, long earned, long possible) {
    /** Throws {@link IllegalArgumentException} out of bounds. */
    public Mark {
        if (earned < 0 || possible <= 0) {
            throw new IllegalArgumentException("a mark has a score of 0 or more out of points above 0");
        }
    }
}
