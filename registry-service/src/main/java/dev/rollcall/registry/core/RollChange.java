package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import java.time.Instant;
import java.util.Locale;

/**
 * One change of the roll: who came, left, was evicted or came back, and why.
 *
 * @param revision the revision that it led to; each change has its own
 * @param time when, by the wall clock
 * @param kind what happened
 * @param entry the instance as it was after the change; as it was last, if it is on the roll no more
 * @param reason why, if there is something to say; otherwise empty
 */
public record RollChange(long revision, Instant time, Kind kind, RollView.Entry entry, String reason) {
    /** Whose change it is. */
    public HttpUrl url() {
        return entry.registration().url();
    }

    /** What happened to an instance. */
    public enum Kind {
        /** It registered, or registered again. */
        REGISTERED,
        /** It answers, for the first time or again. */
        PASSING,
        /** It missed a heartbeat. */
        SUSPECT,
        /** It was taken out after failed heartbeats. */
        EVICTED,
        /** It is leaving, and nobody is to send it anything any more. */
        DRAINING,
        /** It left. */
        DEREGISTERED,
        /** It was away for so long that it was struck off the roll. */
        FORGOTTEN;

        /** As it stands in logs and on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the instance is on the roll no more. */
        public boolean isEnd() {
            return this == DEREGISTERED || this == FORGOTTEN;
        }
    }
}
