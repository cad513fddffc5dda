/**
 * The parts of the system tests: services as processes, and HTTP down to its bytes on either side.
 *
 * <p>Start at {@link dev.rollcall.system.testkit.Suite}. Uses the JSON mapper of {@code dev.rollcall.wire} to read
 * responses, and none of our other code.
 */
@NullMarked
package dev.rollcall.system.testkit;

import org.jspecify.annotations.NullMarked;
