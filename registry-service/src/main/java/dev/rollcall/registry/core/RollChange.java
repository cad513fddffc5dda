package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.time.Instant;
import java.util.Locale;

/**
 * One change of the roll.
 *
 * @param revision the revision that it led to; each change has its own
 * @param time the wall time
 * @param entry the instance after the change; its last state if it is no longer on the roll
 * @param reason why; empty if there is nothing to add
 */
public record RollChange(long revision, Instant time, Kind kind, RollView.Entry entry, String reason) {
    /** Returns the instance's URL. */
    public HttpUrl url() {
        return entry.registration().url();
    }

    /** What happened to an instance. */
    public enum Kind {
        /** It registered, or registered again. */
        REGISTERED,
        /** It responds, for the first time or again. */
        PASSING,
        /** It missed a heartbeat. */
        SUSPECT,
        /** It was removed from the providers after failed heartbeats. */
        EVICTED,
        /** It is leaving and must not be sent requests any more. */
        DRAINING,
        /** It deregistered. */
        DEREGISTERED,
        /** It was away for so long that it was removed from the roll. */
        FORGOTTEN;

        /** Returns its form in logs and on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether the instance is no longer on the roll. */
        public boolean isEnd() {
            return this == DEREGISTERED || this == FORGOTTEN;
        }
    }
}
