package dev.rollcall.grading.sums;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes a student's average. For each kind of work, it is the earned share of the possible points, after drops.
 * These shares are weighted over the kinds that have marks.
 */
public final class WeightedAverage {
    private WeightedAverage() {}

    /**
     * Returns the average in percent, rounded once, half up to two decimals; empty if nothing counts.
     *
     * @param rules one for each kind; the sum of their weights fits into a long
     */
    public static Optional<BigDecimal> average(List<Rule> rules, List<Mark> marks) {
        return exactAverage(rules, marks).map(Ratio::percent);
    }

    static Optional<Ratio> exactAverage(List<Rule> rules, List<Mark> marks) {
        var byKind = new ArrayList<List<Mark>>(rules.size());
        rules.forEach(rule -> byKind.add(new ArrayList<>()));
        for (var mark : marks) {
            byKind.get(mark.kind()).add(mark);
        }
        var sum = Ratio.of(0, 1);
        var weights = 0L;
        for (var i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var ofKind = byKind.get(i);
            if (!ofKind.isEmpty() && rule.weight() > 0) {
                var total = Total.of(Drops.withoutLowest(ofKind, rule.dropLowest()));
                sum = sum.plus(Ratio.of(total.earned(), total.possible()).times(rule.weight()));
                weights = Math.addExact(weights, rule.weight());
            }
        }
        return weights == 0 ? Optional.empty() : Optional.of(sum.dividedBy(weights));
    }
}
