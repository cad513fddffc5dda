/**
 * What the registry decides. No thread, clock, socket or log: inputs come in with the time, effects come out.
 *
 * <p>Start at {@link dev.rollcall.registry.core.RegistryCore}. {@code Roll} holds the instances, {@code Liveness}
 * decides from probe results whether one is alive, {@code Mailbox} decides which patch a dependant gets next,
 * {@code SelfDoubt} decides when the registry must not trust its own probes. Uses {@code wire} only.
 */
@NullMarked
package dev.rollcall.registry.core;

import org.jspecify.annotations.NullMarked;
