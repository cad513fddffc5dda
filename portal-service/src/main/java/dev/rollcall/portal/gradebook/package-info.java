/**
 * The teachers' pages: students, the gradebook's grid, items, sheets.
 *
 * <p>Start at {@link dev.rollcall.portal.gradebook.GradebookPages}. Uses {@code page}, {@code http}, {@code discovery}
 * and {@code wire}. What is shown is decided by records that know nothing of HTTP; the {@code Routes} fetch and choose
 * the page. The templates are in {@code src/main/jte/gradebook} and become classes of this package.
 */
@NullMarked
package dev.rollcall.portal.gradebook;

import org.jspecify.annotations.NullMarked;
