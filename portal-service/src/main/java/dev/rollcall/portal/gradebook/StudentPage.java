package dev.rollcall.portal.gradebook;

import java.util.List;
import java.util.Optional;

/**
 * The page of a student.
 *
 * @param student the student with grades
 * @param form the form that adds a grade
 * @param history the changes, newest first
 * @param chart the chart of the scores; empty if there are too few
 * @param note why it is stale; empty if it is fresh
 */
record StudentPage(Student student, FormView form, List<HistoryEntry> history, Optional<Chart> chart, String note) {
    StudentPage {
        history = List.copyOf(history);
    }
}
