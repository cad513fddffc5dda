package dev.rollcall.grading.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WeightedAverageTest {
    private static final int SEEDS = 2_000;
    private static final Rule EQUAL = new Rule(1, 0);

    @Test
    void givenNothing_whenAveraged_thenThereIsNone() {
        assertThat(WeightedAverage.average(List.of(EQUAL), List.of())).isEmpty();
    }

    @Test
    void givenOnlyKindsOfNoWeight_whenAveraged_thenThereIsNone() {
        assertThat(WeightedAverage.average(List.of(new Rule(0, 0)), List.of(new Mark(1, 0, 5, 10))))
                .isEmpty();
    }

    @Test
    void givenTwoKinds_whenOnlyOneHasMarks_thenItsWeightIsAll() {
        var average = WeightedAverage.average(
                List.of(new Rule(20, 0), new Rule(80, 0)), List.of(new Mark(1, 0, 9, 10), new Mark(2, 0, 7, 10)));

        assertThat(average).contains(new BigDecimal("80"));
    }

    @Test
    void givenWeights_whenAveraged_thenByTheirShares() {
        // 90 % of 20 and 60 % of 40
        var average = WeightedAverage.average(
                List.of(new Rule(20, 0), new Rule(40, 0), new Rule(40, 0)),
                List.of(new Mark(1, 0, 9, 10), new Mark(2, 1, 60, 100)));

        assertThat(average).contains(new BigDecimal("70"));
    }

    @Test
    void givenATenthAndTwoTenths_whenAdded_thenThreeTenths() {
        var total = Total.of(List.of(new Mark(1, 0, 100_000, 1_000_000), new Mark(2, 0, 200_000, 1_000_000)));

        assertThat(Rounded.exactly(total.earned())).isEqualTo(new BigDecimal("0.3"));
    }

    @Test
    void givenHalfAHundredth_whenRounded_thenUp() {
        // 0.125 and 0.124999 of 1, in percent 12.5 and 12.4999
        assertThat(WeightedAverage.average(List.of(EQUAL), List.of(new Mark(1, 0, 1_005, 100_000))))
                .contains(new BigDecimal("1.01"));
        assertThat(WeightedAverage.average(List.of(EQUAL), List.of(new Mark(1, 0, 100_499, 10_000_000))))
                .contains(new BigDecimal("1"));
    }

    @Test
    void givenAnyMarks_whenAScoreIsRaised_thenNoAverageIsLower() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var rules = anyRules(random);
            var marks = anyMarks(random, rules.size());
            var raised = new ArrayList<>(marks);
            var index = random.nextInt(marks.size());
            var mark = marks.get(index);
            raised.set(
                    index,
                    new Mark(mark.id(), mark.kind(), mark.earned() + random.nextInt(1_000_000), mark.possible()));

            var before = WeightedAverage.exactAverage(rules, marks);
            var after = WeightedAverage.exactAverage(rules, raised);

            assertThat(after.isPresent()).as("seed " + seed).isEqualTo(before.isPresent());
            before.ifPresent(average -> assertThat(after.orElseThrow()).isGreaterThanOrEqualTo(average));
        }
    }

    @Test
    void givenAnyMarks_whenEnteredInAnotherOrder_thenTheSameAverage() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var rules = anyRules(random);
            var marks = anyMarks(random, rules.size());
            var shuffled = new ArrayList<>(marks);
            Collections.shuffle(shuffled, random);

            assertThat(WeightedAverage.average(rules, shuffled))
                    .as("seed " + seed)
                    .isEqualTo(WeightedAverage.average(rules, marks));
        }
    }

    @Test
    void givenAnyMarks_whenOneMoreIsDropped_thenNoAverageIsLower() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var rules = anyRules(random);
            var marks = anyMarks(random, rules.size());
            var dropping = rules.stream()
                    .map(rule -> new Rule(rule.weight(), rule.dropLowest() + 1))
                    .toList();

            var before = WeightedAverage.exactAverage(rules, marks);
            var after = WeightedAverage.exactAverage(dropping, marks);

            before.ifPresent(average -> assertThat(after.orElseThrow()).isGreaterThanOrEqualTo(average));
        }
    }

    private static List<Rule> anyRules(Random random) {
        var rules = new ArrayList<Rule>();
        for (var i = 0; i < 1 + random.nextInt(4); i++) {
            rules.add(new Rule(random.nextInt(4) * 12_500_000L, random.nextInt(3)));
        }
        return rules;
    }

    private static List<Mark> anyMarks(Random random, int kinds) {
        var marks = new ArrayList<Mark>();
        for (var i = 0; i < 1 + random.nextInt(12); i++) {
            var mark = DropsTest.anyMark(random, i + 1);
            marks.add(new Mark(mark.id(), random.nextInt(kinds), mark.earned(), mark.possible()));
        }
        return marks;
    }
}
