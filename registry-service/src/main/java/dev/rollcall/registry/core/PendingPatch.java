package dev.rollcall.registry.core;

import dev.rollcall.wire.Patch;

/**
 * A patch to be sent.
 *
 * @param previousRevision the revision it starts from
 * @param revision the revision it leads to
 * @param snapshot whether Added is the whole view
 */
public record PendingPatch(Patch patch, long previousRevision, long revision, boolean snapshot) {}
