/**
 * Finding and calling providers: the view of the providers of each service, the registry's client, choosing a provider
 * and calling it, with failover to another one.
 *
 * <p>Start at {@link dev.rollcall.discovery.ServiceCaller} (to call) or {@link dev.rollcall.discovery.Providers} (to
 * query the view). Uses {@code wire} and {@code http.client} only.
 */
@NullMarked
package dev.rollcall.discovery;

import org.jspecify.annotations.NullMarked;
