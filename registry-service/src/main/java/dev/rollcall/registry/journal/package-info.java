/**
 * The roll on disk: nothing acknowledged is forgotten.
 *
 * <p>Start at {@link dev.rollcall.registry.journal.Journal}. {@code RollFiles} keeps a snapshot and the journal of what
 * came after it; {@code RollRecovery} reads both at start. Uses {@code core} and {@code disk}.
 */
@NullMarked
package dev.rollcall.registry.journal;

import org.jspecify.annotations.NullMarked;
