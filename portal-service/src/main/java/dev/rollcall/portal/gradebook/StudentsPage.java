package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Paging;
import java.util.List;

/**
 * The students of one page.
 *
 * @param students in the order asked for
 * @param paging which part of how many they are
 * @param query what was asked for
 * @param isChangeable whether the grading service takes new students and changes
 * @param note why they aren't fresh; empty if they are
 */
record StudentsPage(List<Student> students, Paging paging, StudentsQuery query, boolean isChangeable, String note) {
    /** Copies. */
    StudentsPage {
        students = List.copyOf(students);
    }
}
