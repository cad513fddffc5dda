package dev.rollcall.grading.sums;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which marks are dropped: those without which the quotient of all earned and all possible points is greatest.
 *
 * <p>These are not always the lowest percentages. Dropping 20 of 100 leaves more than dropping 1 of 10: beside 50 of 100,
 * 51 of 110 is less than 70 of 200 or more, as the case may be. The greatest quotient of a sum of fixed size is found
 * as W. Dinkelbach did (On nonlinear fractional programming, Management Science 13, 1967): for a quotient q, the best
 * choice are the marks of the greatest {@code earned - q * possible}; its own quotient is the next q, until none is
 * greater.
 */
final class Drops {
    private Drops() {}

    /** The marks that are kept, at least one. Of equally good choices, the one that drops the lowest ids. */
    static List<Mark> withoutLowest(List<Mark> marks, int drop) {
        var keep = Math.max(1, marks.size() - drop);
        if (keep >= marks.size()) {
            return marks;
        }
        var best = Total.of(marks.subList(0, keep));
        var sorted = new ArrayList<>(marks);
        while (true) {
            sorted.sort(byGain(best));
            var next = Total.of(sorted.subList(0, keep));
            if (!next.isBetterThan(best)) {
                return List.copyOf(sorted.subList(0, keep));
            }
            best = next;
        }
    }

    /** By {@code earned - q * possible}, greatest first, q being the total's quotient. */
    private static Comparator<Mark> byGain(Total total) {
        return (one, other) -> {
            var gain = Product.compare(
                    other.earned() - one.earned(), total.possible(), other.possible() - one.possible(), total.earned());
            return gain != 0 ? gain : Integer.compare(other.id(), one.id());
        };
    }
}
