/**
 * The teachers' pages: students, the grid, items, weights, sheets.
 *
 * <p>Start at {@link dev.rollcall.portal.gradebook.GradebookPages}. Uses {@code page}, {@code http}, {@code discovery}
 * and {@code wire}. Records without HTTP decide what is shown; the {@code Routes} fetch and choose the page. The
 * templates are in {@code src/main/jte/gradebook} and compile to classes of this package.
 */
@NullMarked
package dev.rollcall.portal.gradebook;

import org.jspecify.annotations.NullMarked;
