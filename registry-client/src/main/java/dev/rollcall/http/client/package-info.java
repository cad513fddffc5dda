/**
 * The client side of HTTP: finding the addresses of hosts without waiting for slow names, and reading responses.
 *
 * <p>Start at {@link dev.rollcall.http.client.HostAddresses}. Uses {@code wire} only.
 */
@NullMarked
package dev.rollcall.http.client;

import org.jspecify.annotations.NullMarked;
