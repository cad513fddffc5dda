/**
 * The log service: collects everybody's log records, stores them, serves them.
 *
 * <p>Start at {@link dev.rollcall.log.LogService}. {@code LogRoutes} translates HTTP; {@code LogStore} is the store, of
 * one append-only file; {@code SequenceLedger} decides what is new, what is a duplicate and what is missing. Uses {@code wire},
 * {@code disk}, {@code http} and {@code host}.
 */
@NullMarked
package dev.rollcall.log;

import org.jspecify.annotations.NullMarked;
