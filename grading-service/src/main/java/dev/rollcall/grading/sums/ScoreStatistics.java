package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statistics of a class's scores in one item. Without scores, mean, median, minimum and maximum are empty.
 *
 * @param count the number of scores
 * @param mean rounded half up to two decimals
 * @param median the middle score, or the mean of the middle two
 * @param histogram the number of scores in each tenth of the item's points; scores above them are in the last tenth
 */
public record ScoreStatistics(
        int count,
        Optional<BigDecimal> mean,
        Optional<BigDecimal> median,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        List<Integer> histogram) {
    /** The number of buckets in a histogram. */
    public static final int BUCKETS = 10;

    public ScoreStatistics {
        histogram = List.copyOf(histogram);
    }

    /**
     * Computes the statistics of scores in any order.
     *
     * @param scores in millionths; this method reorders them
     * @param points the item's points in millionths
     */
    public static ScoreStatistics of(long[] scores, long points) {
        var count = scores.length;
        var histogram = histogram(scores, points);
        if (count == 0) {
            return new ScoreStatistics(
                    0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), histogram);
        }
        var low = Selection.smallest(scores, (count - 1) / 2);
        var high = Selection.smallest(scores, count / 2);
        var min = Long.MAX_VALUE;
        var max = 0L;
        for (var score : scores) {
            min = Math.min(min, score);
            max = Math.max(max, score);
        }
        return new ScoreStatistics(
                count,
                Optional.of(Rounded.quotient(sum(scores), count)),
                Optional.of(Rounded.quotient(BigDecimal.valueOf(low + high), 2)),
                Optional.of(Rounded.exactly(min)),
                Optional.of(Rounded.exactly(max)),
                histogram);
    }

    /** Adds in parts: 10,000,000 scores of 10^12 millionths overflow a long. */
    private static BigDecimal sum(long[] scores) {
        var sum = BigDecimal.ZERO;
        var part = 0L;
        for (var score : scores) {
            if (part > Long.MAX_VALUE / 2) {
                sum = sum.add(BigDecimal.valueOf(part));
                part = 0;
            }
            part += score;
        }
        return sum.add(BigDecimal.valueOf(part));
    }

    private static List<Integer> histogram(long[] scores, long points) {
        var buckets = new int[BUCKETS];
        for (var score : scores) {
            buckets[(int) Math.min(BUCKETS - 1, score * BUCKETS / points)]++;
        }
        var list = new ArrayList<Integer>(BUCKETS);
        for (var bucket : buckets) {
            list.add(bucket);
        }
        return list;
    }
}
