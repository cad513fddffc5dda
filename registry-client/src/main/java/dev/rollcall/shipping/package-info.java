/**
 * Takes what a process logs through Logback to the log service, in order, each record once or announced as dropped.
 *
 * <pre>
 *  caller              log-writing                     log-shipping
 *  Capture ─▶ Door ─▶ Scribe ─▶ Depot ─▶ Backlog ─▶ Courier ─▶ LogPost ─▶ log service
 *    │                                    │    ▲
 *    ▼                                    ▼    │
 *  Tally (mapped)                        Spill (files)
 * </pre>
 *
 * <p>Start at {@link dev.rollcall.shipping.LogShipper}, or at {@link dev.rollcall.shipping.LogServiceAppender} for a
 * program that isn't a registered service. What decides ({@code RunOutbox}, {@code DeliveryPolicy}, {@code DropPolicy}) has no
 * thread, socket or clock.
 *
 * <p><b>Buffer and spill are one thing.</b> Every record is written to the spill and read from there, whether the log
 * service is there, away or slow, and whoever starts next goes on reading. So nothing begins to spill and nothing ends
 * to, order is that of a file, and a process that is killed leaves what it has written: a written page belongs to the
 * operating system. While the disk takes nothing, or there is no directory, records wait in memory instead, on the same
 * way and in the same order.
 *
 * <p><b>What is missing shows as a hole.</b> Each call of a logger takes a number in the tally, a page of a file that is
 * mapped to memory and so outlives the process too. Numbers that never reach the spill (the process was killed in
 * between, there was no room, a frame is damaged) are missing when the spill is read, and whoever reads it announces them
 * in place. Nothing has to be remembered for that.
 *
 * <p><b>What survives what.</b> A kill of the process: all that is in the spill, which a record reaches within about a
 * millisecond; the numbers of the others are announced. A loss of power: what waited for more than a second is synced
 * once a second; later records may be lost, and be announced only as far as their numbers reached the disk. As long as
 * the log service takes records nothing is synced here, as they are on its disk sooner.
 *
 * <p>Uses {@code wire} and {@code disk}, besides Logback and {@code java.net.http}.
 */
@NullMarked
package dev.rollcall.shipping;

import org.jspecify.annotations.NullMarked;
