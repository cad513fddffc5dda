/**
 * The records that cross the network, and the one JSON mapper that writes and reads them.
 *
 * <p>Start at {@link dev.rollcall.wire.Registration}. Uses nothing of Rollcall; everything else may use it. The
 * shapes are those of {@code docs/protocol.md}.
 */
@NullMarked
package dev.rollcall.wire;

import org.jspecify.annotations.NullMarked;
