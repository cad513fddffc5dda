/**
 * The records that cross the network, and the one JSON mapper that writes and reads them.
 *
 * <p>Start at {@link dev.rollcall.wire.Registration}. Uses no other package of Rollcall. {@code
 * docs/protocol.md} has the shapes.
 */
@NullMarked
package dev.rollcall.wire;

import org.jspecify.annotations.NullMarked;
