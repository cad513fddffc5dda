package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Paging;
import java.util.List;

/**
 * The page of students.
 *
 * @param students the students in the queried order
 * @param paging the part of all students that is shown
 * @param query the query
 * @param isChangeable whether the grading service accepts new students and changes
 * @param note why they are stale; empty if they are fresh
 */
record StudentsPage(List<Student> students, Paging paging, StudentsQuery query, boolean isChangeable, String note) {
    StudentsPage {
        students = List.copyOf(students);
    }
}
