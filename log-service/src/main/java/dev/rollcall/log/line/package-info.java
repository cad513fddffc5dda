/**
 * One log record as a line of the store: its fields are located without allocating objects.
 *
 * <p>Start at {@link dev.rollcall.log.line.LineScanner}. Uses {@code wire} only.
 */
@NullMarked
package dev.rollcall.log.line;

import org.jspecify.annotations.NullMarked;
