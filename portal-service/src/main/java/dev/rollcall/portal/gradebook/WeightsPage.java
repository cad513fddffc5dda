package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The page of how grades count: types and letters.
 *
 * @param weights the stored weights
 * @param typed the submitted form of one type; its name is empty if there was none
 * @param typedErrors the errors of that form
 * @param letters the letter scale as stored, or as submitted
 * @param letterErrors the errors of that form
 * @param note why it is stale; empty if it is fresh
 * @param token the token of the forms
 */
record WeightsPage(
        List<Weight> weights,
        WeightForm typed,
        ValidationErrors typedErrors,
        LettersForm letters,
        ValidationErrors letterErrors,
        String note,
        String token) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    WeightsPage {
        weights = List.copyOf(weights);
    }

    /** Returns a type's form, as submitted or as stored. */
    WeightForm form(Weight weight) {
        return typed.name().equals(weight.name()) ? typed : WeightForm.of(weight);
    }

    ValidationErrors errors(Weight weight) {
        return typed.name().equals(weight.name()) ? typedErrors : ValidationErrors.NONE;
    }

    /** Returns its share of the average if there are grades of all types: {@code 33.3 %}. */
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
