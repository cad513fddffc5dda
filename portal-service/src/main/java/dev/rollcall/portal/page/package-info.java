/**
 * What all pages have in common: how they are made and sent, how forms come back, what is said when something is wrong.
 *
 * <p>Start at {@link dev.rollcall.portal.page.Pages} and {@link dev.rollcall.portal.page.Forms}. Uses {@code http},
 * {@code discovery} and {@code wire}, and nothing else of the portal.
 */
@NullMarked
package dev.rollcall.portal.page;

import org.jspecify.annotations.NullMarked;
