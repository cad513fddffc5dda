package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Paging;

/**
 * The page of the grid.
 *
 * @param grid the grid
 * @param paging the part of the students that is shown
 * @param query the query
 * @param isChangeable whether cells can be changed now
 * @param note why it is stale; empty if it is fresh
 * @param token the token for changes; empty if the service can't change grades
 */
record GridPage(Grid grid, Paging paging, StudentsQuery query, boolean isChangeable, String note, String token) {}
