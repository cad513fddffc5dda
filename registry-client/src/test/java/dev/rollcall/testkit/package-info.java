/**
 * What the tests of all modules share: a server that plays faults, a connection that is spoken to byte by byte, a
 * bounded wait, a disk that fails, and the protocol document's examples as fixtures.
 *
 * <p>Start at {@link dev.rollcall.testkit.FaultyServer}. Uses the JDK, and the package whose files
 * {@link dev.rollcall.testkit.FakeDisk} plays.
 */
@NullMarked
package dev.rollcall.testkit;

import org.jspecify.annotations.NullMarked;
