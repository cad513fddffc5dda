/**
 * The records on disk: segments that are appended to, then closed, compressed and indexed, and at last deleted; and the
 * accounts of their producers.
 *
 * <p>Start at {@link dev.rollcall.log.store.LogStore}. {@code GroupCommit} owns the writing thread, {@code StoreWriter}
 * writes each group; {@code SequenceLedger} decides which records are new, duplicate or missing; {@code StoreRecovery}
 * determines the state after a crash; {@code Retention} seals and deletes. Uses {@code line}, {@code disk} and {@code wire}.
 */
@NullMarked
package dev.rollcall.log.store;

import org.jspecify.annotations.NullMarked;
