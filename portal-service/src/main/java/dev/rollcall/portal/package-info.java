/**
 * The teachers' web pages and the view of the running system. Pages are rendered on the server and complete without
 * scripts; scripts update them live.
 *
 * <p>Start at {@link dev.rollcall.portal.PortalService}. Uses {@code host}, {@code http}, {@code discovery} and {@code
 * wire}. {@code gradebook}, {@code system} and {@code logs} are the pages. {@code page} is what they share, {@code
 * live} keeps open pages up to date. The templates are in {@code src/main/jte} and compile to classes of these
 * packages.
 */
@NullMarked
package dev.rollcall.portal;

import org.jspecify.annotations.NullMarked;
