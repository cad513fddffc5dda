package dev.rollcall.registry;

import java.util.Optional;

/**
 * What a probe found.
 *
 * @param evidence what that proves about the instance
 * @param reason the same for people
 * @param view what the instance says it was told last, as epoch and revision; empty if it doesn't say
 */
record Verdict(Evidence evidence, String reason, Optional<String> view) {
    /** Of an instance that says nothing of its view. */
    static Verdict of(Evidence evidence, String reason) {
        return new Verdict(evidence, reason, Optional.empty());
    }
}
