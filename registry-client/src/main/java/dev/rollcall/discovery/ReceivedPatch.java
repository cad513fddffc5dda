package dev.rollcall.discovery;

import dev.rollcall.wire.Patch;
import java.util.Optional;

/**
 * A patch as received.
 *
 * @param revisions the revisions it leads from and to; empty from a plain registry
 * @param snapshot whether its Added is the whole view
 */
public record ReceivedPatch(Patch patch, Optional<Revisions> revisions, boolean snapshot) {
    /**
     * The revisions of a patch.
     *
     * @param epoch identity of the registry's durable state
     * @param revision the revision after the patch
     * @param previous the revision before it
     */
    public record Revisions(String epoch, long revision, long previous) {}

    /** Creates a patch of the plain layer. */
    public static ReceivedPatch plain(Patch patch) {
        return new ReceivedPatch(patch, Optional.empty(), false);
    }
}
