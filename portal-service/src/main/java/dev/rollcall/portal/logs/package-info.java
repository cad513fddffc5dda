/**
 * The pages of the log.
 *
 * <p>Start at {@link dev.rollcall.portal.logs.LogsRoutes}. Uses {@code page} and {@code live}, {@code http},
 * {@code discovery} and {@code wire}.
 */
@NullMarked
package dev.rollcall.portal.logs;

import org.jspecify.annotations.NullMarked;
