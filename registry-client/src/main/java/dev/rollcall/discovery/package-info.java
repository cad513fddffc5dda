/**
 * Finding the others: the view of who provides what, the registry's client, choosing a provider and calling it, on
 * another one if need be.
 *
 * <p>Start at {@link dev.rollcall.discovery.ServiceCaller} (to call) or {@link dev.rollcall.discovery.Providers} (to
 * know). Uses {@code wire} and {@code http.client} only.
 */
@NullMarked
package dev.rollcall.discovery;

import org.jspecify.annotations.NullMarked;
