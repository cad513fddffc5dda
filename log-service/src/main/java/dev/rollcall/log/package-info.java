/**
 * The log service: collects, stores and serves the log records of all services.
 *
 * <p>Start at {@link dev.rollcall.log.LogService}. The way of a record from {@code POST /log} to disk: {@code LogRoutes}
 * reads the body into {@code BodyMemory}; {@code BatchParser} checks each line and builds an {@code AppendRequest};
 * {@code GroupCommit} gathers the requests that are pending; {@code StoreWriter} appends them to the
 * {@code ActiveSegment}, syncs once, and returns one {@code AppendResult} each, which {@code LogRoutes} turns into the
 * response. {@code SequenceLedger} decides which records are new, duplicate or missing. Uses {@code wire}, {@code disk},
 * {@code http} and {@code host}.
 */
@NullMarked
package dev.rollcall.log;

import org.jspecify.annotations.NullMarked;
