/**
 * Streams of server-sent events: read from other services, and sent to open pages.
 *
 * <p>Start at {@link dev.rollcall.portal.live.EventReader} and {@link dev.rollcall.portal.live.Broadcast}. Uses
 * {@code http} and {@code wire}.
 */
@NullMarked
package dev.rollcall.portal.live;

import org.jspecify.annotations.NullMarked;
