/**
 * Asking for records: which are meant, how they are found without reading what can't have them, and how they are
 * written.
 *
 * <p>Start at {@link dev.rollcall.log.query.LogQueryRoutes}. {@code LogQuery} is what is asked for, {@code Search} finds it,
 * {@code LogFollowers} tells what is new. Uses {@code line}, {@code store}, {@code http}, {@code host} and {@code wire}.
 */
@NullMarked
package dev.rollcall.log.query;

import org.jspecify.annotations.NullMarked;
