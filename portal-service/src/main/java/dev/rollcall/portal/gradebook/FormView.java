package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import java.util.List;

/**
 * The form that adds a grade to a student, as it is shown.
 *
 * @param studentId whose
 * @param typed what was typed
 * @param types the kinds of work there are to choose from
 * @param takesComments whether the grading service keeps comments
 * @param mistakes what is wrong with what was typed
 * @param token of this showing
 */
record FormView(
        long studentId,
        GradeForm typed,
        List<String> types,
        boolean takesComments,
        ValidationErrors mistakes,
        String token) {
    /** Copies. */
    FormView {
        types = List.copyOf(types);
    }
}
