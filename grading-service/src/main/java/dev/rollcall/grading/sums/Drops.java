package dev.rollcall.grading.sums;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the marks to drop, so that the quotient of earned and possible points over the others is greatest.
 *
 * <p>These are not always the marks of the lowest percentage: of 80/100, 20/100 and 1/20, dropping 1/20 leaves 50 %,
 * and dropping 20/100 leaves 67.5 %. The method is W. Dinkelbach's (On nonlinear fractional programming, Management
 * Science 13, 1967). For a quotient q, the best choice is the marks with the greatest {@code earned - q * possible}.
 * The quotient of that choice is the next q, until it grows no more.
 */
final class Drops {
    private Drops() {}

    /** Returns the marks that count, at least one. Of equally good choices, it drops the lowest ids. */
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

    /** Orders by {@code earned - q * possible}, greatest first, where q is the quotient of the total. */
    private static Comparator<Mark> byGain(Total total) {
        return (one, other) -> {
            var gain = Product.compare(
                    other.earned() - one.earned(), total.possible(), other.possible() - one.possible(), total.earned());
            return gain != 0 ? gain : Integer.compare(other.id(), one.id());
        };
    }
}
