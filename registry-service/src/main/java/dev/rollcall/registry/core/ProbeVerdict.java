package dev.rollcall.registry.core;

import java.util.Optional;

/**
 * What a probe found.
 *
 * @param evidence what that proves about the instance
 * @param reason the same for people
 * @param view what the instance says it was told last, as epoch and revision; empty if it doesn't say
 */
public record ProbeVerdict(Evidence evidence, String reason, Optional<String> view) {
    /** Of an instance that says nothing of its view. */
    public static ProbeVerdict of(Evidence evidence, String reason) {
        return new ProbeVerdict(evidence, reason, Optional.empty());
    }
}
