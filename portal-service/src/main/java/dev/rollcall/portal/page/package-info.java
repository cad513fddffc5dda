/**
 * What all pages share: rendering and sending, form handling, problem pages.
 *
 * <p>Start at {@link dev.rollcall.portal.page.Pages} and {@link dev.rollcall.portal.page.Forms}. Uses {@code http},
 * {@code discovery} and {@code wire}, and no other package of the portal.
 */
@NullMarked
package dev.rollcall.portal.page;

import org.jspecify.annotations.NullMarked;
