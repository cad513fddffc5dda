/**
 * The registry: who is here, who requires whom, who is alive.
 *
 * <p>Start at {@link dev.rollcall.registry.core.RegistryCore}, which decides everything and does nothing: calls come in with
 * the time, effects come out. {@link dev.rollcall.registry.RegistryLoop} owns it, feeds it one turn at a time, and does
 * the effects; {@link dev.rollcall.registry.RegistryRoutes} translates HTTP. {@link dev.rollcall.registry.journal.Journal} is
 * what outlives the process.
 *
 * <pre>
 * HTTP threads ──input──▶ RegistryLoop ──▶ RegistryCore ──effects──▶ Outgoing (heartbeats, patches)
 *      ▲                                        │ Liveness, Mailbox: one of each an instance
 *      └────────── RollView (immutable) ◀───────┘
 * </pre>
 */
@NullMarked
package dev.rollcall.registry;

import org.jspecify.annotations.NullMarked;
