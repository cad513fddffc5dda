package dev.rollcall.grading.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DropsTest {
    private static final int SEEDS = 2_000;

    @Test
    void givenItemsOfDifferentPoints_whenOneIsDropped_thenTheOneThatLeavesMost() {
        // 80/100, 20/100, 1/20: without the lowest percentage (1/20) 50 %, without 20/100 67.5 %
        var marks = List.of(mark(1, 80, 100), mark(2, 20, 100), mark(3, 1, 20));

        var kept = Drops.withoutLowest(marks, 1);

        assertThat(kept).extracting(Mark::id).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void givenEqualMarks_whenSomeAreDropped_thenThoseOfTheLowestIdsInWhateverOrder() {
        var marks = List.of(mark(3, 5, 10), mark(1, 5, 10), mark(4, 50, 100), mark(2, 5, 10));

        for (var seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(marks);
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(Drops.withoutLowest(shuffled, 2)).extracting(Mark::id).containsExactlyInAnyOrder(3, 4);
        }
    }

    @Test
    void givenMoreDropsThanMarks_whenDropped_thenTheBestOneStays() {
        var kept = Drops.withoutLowest(List.of(mark(1, 1, 10), mark(2, 9, 10)), 5);

        assertThat(kept).extracting(Mark::id).containsExactly(2);
    }

    @Test
    void givenAnyMarks_whenDropped_thenNoOtherChoiceIsBetter() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var marks = new ArrayList<Mark>();
            for (var i = 0; i < 1 + random.nextInt(8); i++) {
                marks.add(anyMark(random, i + 1));
            }
            var drop = random.nextInt(marks.size() + 1);

            var best = Total.of(Drops.withoutLowest(marks, drop));

            var all = choices(marks, Math.max(1, marks.size() - drop));
            assertThat(all)
                    .as("seed " + seed)
                    .isNotEmpty()
                    .noneMatch(choice -> Total.of(choice).isBetterThan(best));
        }
    }

    @Test
    void givenTheLargestNumbers_whenDropped_thenExactly() {
        var most = 1_000_000_000_000L;
        var marks = new ArrayList<Mark>();
        for (var i = 0; i < 1_000; i++) {
            marks.add(new Mark(i + 1, 0, most - i, most));
        }

        assertThat(Drops.withoutLowest(marks, 999)).extracting(Mark::id).containsExactly(1);
    }

    static Mark anyMark(Random random, int id) {
        var possible =
                (1 + random.nextInt(random.nextBoolean() ? 10 : 1_000_000)) * (random.nextBoolean() ? 1L : 1_000_000L);
        var earned = (long) (random.nextDouble() * 1.2 * possible);
        return new Mark(id, 0, earned, possible);
    }

    private static List<List<Mark>> choices(List<Mark> marks, int size) {
        var all = new ArrayList<List<Mark>>();
        for (var bits = 0; bits < 1 << marks.size(); bits++) {
            if (Integer.bitCount(bits) == size) {
                var choice = new ArrayList<Mark>();
                for (var i = 0; i < marks.size(); i++) {
                    if ((bits >> i & 1) == 1) {
                        choice.add(marks.get(i));
                    }
                }
                all.add(choice);
            }
        }
        return all;
    }

    private static Mark mark(int id, long earned, long possible) {
        return new Mark(id, 0, earned, possible);
    }
}
