/**
 * The teachers' web pages, and the view of the running system; made on the server, without scripts.
 *
 * <p>Start at {@link dev.rollcall.portal.PortalService}. Uses {@code host}, {@code http}, {@code discovery} and
 * {@code wire}. The pages are in {@code src/main/jte} and become classes of this package. What they show is decided
 * by records that know nothing of HTTP; {@link dev.rollcall.portal.StudentRoutes} and
 * {@link dev.rollcall.portal.SystemRoutes} fetch and choose the page.
 */
@NullMarked
package dev.rollcall.portal;

import org.jspecify.annotations.NullMarked;
