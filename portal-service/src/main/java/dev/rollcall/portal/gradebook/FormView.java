package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import java.util.List;

/**
 * The form that adds a grade to a student.
 *
 * @param typed the typed values
 * @param types the types of work to choose from
 * @param takesComments whether the grading service stores comments
 * @param errors the errors in the typed values
 * @param token the token of this form
 */
record FormView(
        long studentId,
        GradeForm typed,
        List<String> types,
        boolean takesComments,
        ValidationErrors errors,
        String token) {
    FormView {
        types = List.copyOf(types);
    }
}
