/**
 * The teachers' web pages, and the view of the running system; made on the server, quicker with scripts and complete
 * without.
 *
 * <p>Start at {@link dev.rollcall.portal.PortalService}. Uses {@code host}, {@code http}, {@code discovery} and
 * {@code wire}. {@code gradebook}, {@code system} and {@code logs} are the pages, {@code page} what they have in common,
 * {@code live} what keeps them up to date. The pages are in {@code src/main/jte} and become classes of these packages.
 */
@NullMarked
package dev.rollcall.portal;

import org.jspecify.annotations.NullMarked;
