/**
 * The records on disk: segments that are appended to, then closed, compressed and indexed, and at last deleted; and who
 * has sent which of them.
 *
 * <p>Start at {@link dev.rollcall.log.store.LogStore}. {@code SequenceLedger} decides what is new, what is a duplicate and what is
 * missing; {@code StoreWriter} is all that happens on the way to disk, {@code GroupCommit} the thread that does it;
 * {@code StoreRecovery} finds out what is there after whatever happened. Uses {@code line}, {@code disk} and {@code wire}.
 */
@NullMarked
package dev.rollcall.log.store;

import org.jspecify.annotations.NullMarked;
