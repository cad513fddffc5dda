/**
 * Queries: which records match, how they are found without reading blocks that can't match, and how they are written.
 *
 * <p>Start at {@link dev.rollcall.log.query.LogQueryRoutes}. {@code LogQuery} is the condition, {@code Search} finds the
 * matches, {@code LogFollowers} streams new ones. Uses {@code line}, {@code store}, {@code http}, {@code host} and {@code wire}.
 */
@NullMarked
package dev.rollcall.log.query;

import org.jspecify.annotations.NullMarked;
