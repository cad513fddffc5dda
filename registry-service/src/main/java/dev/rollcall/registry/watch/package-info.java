/**
 * Queries, long polls and watches of the roll.
 *
 * <p>Start at {@link dev.rollcall.registry.watch.QueryRoutes}. {@code RollFeed} is notified of each change and serves
 * the clients. Uses {@code core}, {@code host}, {@code http} and {@code wire}.
 */
@NullMarked
package dev.rollcall.registry.watch;

import org.jspecify.annotations.NullMarked;
