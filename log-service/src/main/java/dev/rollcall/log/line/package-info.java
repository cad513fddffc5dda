/**
 * One log record as a line of the store: what stands in it, found without making objects of it.
 *
 * <p>Start at {@link dev.rollcall.log.line.LineScanner}. Uses {@code wire} only.
 */
@NullMarked
package dev.rollcall.log.line;

import org.jspecify.annotations.NullMarked;
