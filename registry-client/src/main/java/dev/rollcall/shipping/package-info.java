/**
 * Ships what a process logs through Logback to the log service: in order, each record once, or announced as dropped.
 *
 * <pre>
 *   caller            log-writing                          log-shipping
 *   EventCapture ──▶  CaptureQueue ─▶ RecordSequencer ─▶   Outbox ─▶ DeliveryPolicy ─▶ LogRequestSender ─▶ log service
 *        │                                                 │    ▲
 *        ▼                                                 ▼    │
 *   SequenceCounters (mapped)                              Spill (files)
 * </pre>
 *
 * <p>Start at {@link dev.rollcall.shipping.LogShipper}, or at {@link dev.rollcall.shipping.LogServiceAppender} for a
 * program that is not a registered service. The deciding types ({@code RunOutbox}, {@code DeliveryPolicy},
 * {@code DropPolicy}) have no thread, socket or clock.
 *
 * <p><b>Buffer and spill are one.</b> Every record is written to the spill and read from there, whether the log service
 * is up, down or slow. The next start reads on where this process stopped. So there is no switch to or from spilling,
 * and the order is that of a file. A killed process leaves everything it wrote, because a written page belongs to the
 * operating system. While the disk takes nothing, or without a directory, records stay in memory and follow the same
 * path.
 *
 * <p><b>Missing records show as a gap.</b> Each logging call takes a number from {@code SequenceCounters}, a page of a
 * memory-mapped file that also outlives the process. Numbers that never reach the spill (the process was killed, there
 * was no room, a frame is corrupt) are missing when the spill is read, and the reader announces them in place. No other
 * bookkeeping is needed.
 *
 * <p><b>What survives.</b> A kill of the process: everything in the spill, which a record reaches within about a
 * millisecond; the numbers of the others are announced. A power loss: records pending for more than a second are synced
 * once a second. Later records may be lost, and are announced only as far as their numbers reached the disk. While the
 * log service takes records nothing is synced here, because they reach its disk sooner.
 *
 * <p>Uses {@code wire}, {@code disk} and {@code http.client}, besides Logback and {@code java.net.http}.
 */
@NullMarked
package dev.rollcall.shipping;

import org.jspecify.annotations.NullMarked;
