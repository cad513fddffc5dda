package dev.rollcall.registry.core;

import java.util.Optional;

/**
 * What a probe found.
 *
 * @param evidence what the result proves about the instance
 * @param reason the same as text
 * @param view the view that the instance reports, as epoch and revision; empty if it reports none
 */
public record ProbeVerdict(Evidence evidence, String reason, Optional<String> view) {
    /** Creates the verdict on an instance that reports no view. */
    public static ProbeVerdict of(Evidence evidence, String reason) {
        return new ProbeVerdict(evidence, reason, Optional.empty());
    }
}
