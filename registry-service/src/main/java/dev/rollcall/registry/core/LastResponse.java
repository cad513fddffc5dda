package dev.rollcall.registry.core;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an instance last responded with 200, and why the last probe failed if it did. Written by the core, read by any
 * thread.
 */
public final class LastResponse {
    private volatile @Nullable Instant time;
    private volatile String reason = "";

    public void set(Instant now) {
        time = now;
        reason = "";
    }

    void failed(String failure) {
        reason = failure;
    }

    void clearReason() {
        reason = "";
    }

    /** Returns why the last probe failed; empty if it succeeded or none has ended yet. */
    public String reason() {
        return reason;
    }

    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }
}
