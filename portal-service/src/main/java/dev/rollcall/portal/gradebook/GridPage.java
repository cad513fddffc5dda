package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Paging;

/**
 * The gradebook as a grid.
 *
 * @param grid what is shown
 * @param paging which part of how many students
 * @param query what was asked for
 * @param isChangeable whether cells can be changed now
 * @param note why it isn't fresh; empty if it is
 * @param token for the changes; empty if the service can make none
 */
record GridPage(Grid grid, Paging paging, StudentsQuery query, boolean isChangeable, String note, String token) {}
