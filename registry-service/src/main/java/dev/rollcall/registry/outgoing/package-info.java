/**
 * The registry's own requests, probes and patches, over kept connections on one selector thread.
 *
 * <p>Start at {@link dev.rollcall.registry.outgoing.Outgoing}. Uses {@code http.client} and {@code wire}.
 */
@NullMarked
package dev.rollcall.registry.outgoing;

import org.jspecify.annotations.NullMarked;
