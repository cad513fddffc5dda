package dev.rollcall.grading.sums;

/**
 * A score that counts towards an average.
 *
 * @param id the grade's id, which breaks ties; 0 for an item without a grade
 * @param kind the index of its rule
 * @param earned the score in millionths, 0 or more
 * @param possible the item's points in millionths, more than 0
 */
public record Mark(int id, int kind, long earned, long possible) {
    public Mark {
        if (earned < 0 || possible <= 0) {
            throw new IllegalArgumentException("a mark has a score of 0 or more out of points above 0");
        }
    }
}
