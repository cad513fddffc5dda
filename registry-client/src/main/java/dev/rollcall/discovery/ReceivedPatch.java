package dev.rollcall.discovery;

import dev.rollcall.wire.Patch;
import java.util.Optional;

/**
 * A patch as it arrived.
 *
 * @param patch what it says
 * @param revisions where it leads from and to; empty from a plain registry
 * @param snapshot whether its Added is the whole view
 */
public record ReceivedPatch(Patch patch, Optional<Revisions> revisions, boolean snapshot) {
    /**
     * Where a patch leads.
     *
     * @param epoch identity of the registry's durable state
     * @param revision the revision that the patch leads to
     * @param previous the revision that it starts from
     */
    public record Revisions(String epoch, long revision, long previous) {}

    /** A patch of the plain layer. */
    public static ReceivedPatch plain(Patch patch) {
        return new ReceivedPatch(patch, Optional.empty(), false);
    }
}
