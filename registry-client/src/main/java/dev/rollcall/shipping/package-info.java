/**
 * Takes what a process logs through Logback to the log service, in order, each record once.
 *
 * <p>Start at {@link dev.rollcall.shipping.LogShipper}. What decides ({@code Backlog}, {@code Courier}) has no thread,
 * socket or clock; {@code LogPost} owns the HTTP client and {@code LogShipper} the thread. Uses {@code wire} only,
 * besides Logback and {@code java.net.http}.
 */
@NullMarked
package dev.rollcall.shipping;

import org.jspecify.annotations.NullMarked;
