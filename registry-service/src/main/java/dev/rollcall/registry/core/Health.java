package dev.rollcall.registry.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the registry thinks of an instance. */
public enum Health {
    /** It has no HeartbeatURL; taken on trust. */
    UNCHECKED,
    /** It registered and hasn't answered yet; announced to nobody. */
    STARTING,
    /** It answers. */
    PASSING,
    /** It missed a heartbeat or two; still announced. */
    SUSPECT,
    /** It is taken out, and asked ever more rarely. */
    EVICTED,
    /** It is leaving; those who required it are being told. */
    DRAINING;

    /** Whether dependants are told of it. */
    public boolean isAnnounced() {
        return this == UNCHECKED || this == PASSING || this == SUSPECT;
    }

    /** As it stands on the wire. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Health> parse(String word) {
        return Arrays.stream(values()).filter(h -> h.word().equals(word)).findFirst();
    }
}
