package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How grades add up: what each type counts, and the letters.
 *
 * @param weights as they are stored
 * @param typed of one of them, if its form came back; its name is empty otherwise
 * @param typedMistakes in that form
 * @param letters as they are stored, or as typed if that form came back
 * @param letterMistakes in that form
 * @param note why it may be old
 * @param token of this showing
 */
record WeightsPage(
        List<Weight> weights,
        WeightForm typed,
        ValidationErrors typedMistakes,
        LettersForm letters,
        ValidationErrors letterMistakes,
        String note,
        String token) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Copies. */
    WeightsPage {
        weights = List.copyOf(weights);
    }

    /** A type's form: what was typed, or what is stored. */
    WeightForm form(Weight weight) {
        return typed.name().equals(weight.name()) ? typed : WeightForm.of(weight);
    }

    ValidationErrors mistakes(Weight weight) {
        return typed.name().equals(weight.name()) ? typedMistakes : ValidationErrors.NONE;
    }

    /** Its part of the average if there are grades of all types, as {@code 33.3 %}. */
    String share(Weight weight) {
        var sum = weights.stream().map(Weight::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.signum() == 0
                ? "–"
                : weight.weight()
                                .multiply(HUNDRED)
                                .divide(sum, 1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %";
    }
}
