/**
 * The registry: which instances are registered, which services they require, and which are alive.
 *
 * <p>Start at {@link dev.rollcall.registry.core.RegistryCore}, which decides everything and has no side effects:
 * calls come in with the time, effects come out. {@link dev.rollcall.registry.RegistryLoop} owns it, passes it one
 * input at a time, and performs the effects; {@link dev.rollcall.registry.RegistryRoutes} translates HTTP.
 * {@link dev.rollcall.registry.journal.Journal} outlives the process.
 *
 * <pre>
 * HTTP threads ──input──▶ RegistryLoop ──▶ RegistryCore ──effects──▶ Outgoing (heartbeats, patches)
 *      ▲                                        │ Liveness, Mailbox: one of each per instance
 *      └────────── RollView (immutable) ◀───────┘
 * </pre>
 */
@NullMarked
package dev.rollcall.registry;

import org.jspecify.annotations.NullMarked;
