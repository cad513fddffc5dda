/**
 * The pages of the running system.
 *
 * <p>Start at {@link dev.rollcall.portal.system.SystemRoutes}; {@link dev.rollcall.portal.system.Roll} is the known
 * state, and {@link dev.rollcall.portal.system.RollWatch} keeps it up to date. Uses {@code page}, {@code live} and
 * {@code logs}, {@code http}, {@code discovery} and {@code wire}.
 */
@NullMarked
package dev.rollcall.portal.system;

import org.jspecify.annotations.NullMarked;
