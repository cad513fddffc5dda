package dev.rollcall.registry.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The registry's view of an instance. */
public enum Health {
    /** It has no HeartbeatURL and counts as alive. */
    UNCHECKED,
    /** It registered and has not responded yet; not announced. */
    STARTING,
    /** It responds. */
    PASSING,
    /** It missed a heartbeat or two; still announced. */
    SUSPECT,
    /** It was removed from the providers and is probed ever more rarely. */
    EVICTED,
    /** It is leaving; its dependants are being notified. */
    DRAINING;

    /** Returns whether dependants are notified of it. */
    public boolean isAnnounced() {
        return this == UNCHECKED || this == PASSING || this == SUSPECT;
    }

    /** Returns its form on the wire. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Health> parse(String word) {
        return Arrays.stream(values()).filter(h -> h.word().equals(word)).findFirst();
    }
}
