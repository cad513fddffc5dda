package dev.rollcall.grading.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScoreStatisticsTest {
    private static final long ONE = 1_000_000;

    @Test
    void givenNoScores_whenCounted_thenOnlyTheCounts() {
        var statistics = ScoreStatistics.of(new long[0], 100 * ONE);

        assertThat(statistics.count()).isZero();
        assertThat(statistics.mean()).isEmpty();
        assertThat(statistics.median()).isEmpty();
        assertThat(statistics.histogram()).hasSize(10).containsOnly(0);
    }

    @Test
    void givenScoresAtTheEdges_whenCounted_thenEachIsInItsBucket() {
        var scores = new long[] {0, 10 * ONE - 1, 10 * ONE, 90 * ONE - 1, 90 * ONE, 100 * ONE, 120 * ONE};

        var statistics = ScoreStatistics.of(scores, 100 * ONE);

        assertThat(statistics.histogram()).containsExactly(2, 1, 0, 0, 0, 0, 0, 0, 1, 3);
        assertThat(statistics.min()).contains(new BigDecimal("0"));
        assertThat(statistics.max()).contains(new BigDecimal("120"));
        assertThat(statistics.median()).contains(new BigDecimal("90"));
    }

    @Test
    void givenEvenNumberOfScores_whenCounted_thenTheMedianIsBetweenTheMiddleTwo() {
        var statistics = ScoreStatistics.of(new long[] {4 * ONE, ONE, 3 * ONE, 2 * ONE}, 10 * ONE);

        assertThat(statistics.median()).contains(new BigDecimal("2.5"));
        assertThat(statistics.mean()).contains(new BigDecimal("2.5"));
    }

    @Test
    void givenAThird_whenCounted_thenTheMeanIsRounded() {
        var statistics = ScoreStatistics.of(new long[] {0, 0, 2 * ONE}, 10 * ONE);

        assertThat(statistics.mean()).contains(new BigDecimal("0.67"));
    }

    @Test
    void givenAnyNumbers_whenTheKthIsSelected_thenThatOfTheSortedOnes() {
        for (var seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var numbers = random.longs(1 + random.nextInt(40), 0, 1 + random.nextInt(30))
                    .toArray();
            var index = random.nextInt(numbers.length);
            var sorted = numbers.clone();
            Arrays.sort(sorted);

            assertThat(Selection.smallest(numbers, index)).as("seed " + seed).isEqualTo(sorted[index]);
        }
    }
}
