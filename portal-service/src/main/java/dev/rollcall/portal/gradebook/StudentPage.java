package dev.rollcall.portal.gradebook;

import java.util.List;
import java.util.Optional;

/**
 * A student with the grades, and the form that adds one.
 *
 * @param student as the grading service tells
 * @param form the form that adds a grade
 * @param history what was changed, newest first
 * @param chart of the scores; empty if there are too few
 * @param note why it isn't fresh; empty if it is
 */
record StudentPage(Student student, FormView form, List<HistoryEntry> history, Optional<Chart> chart, String note) {
    /** Copies. */
    StudentPage {
        history = List.copyOf(history);
    }
}
