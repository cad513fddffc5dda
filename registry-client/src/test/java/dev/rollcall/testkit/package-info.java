/**
 * The test kit of all modules: a server that plays faults, a raw connection, a bounded wait, a disk that fails, and the
 * protocol document's examples as fixtures.
 *
 * <p>Start at {@link dev.rollcall.testkit.FaultyServer}. Uses the JDK, and the package whose files
 * {@link dev.rollcall.testkit.FakeDisk} imitates.
 */
@NullMarked
package dev.rollcall.testkit;

import org.jspecify.annotations.NullMarked;
