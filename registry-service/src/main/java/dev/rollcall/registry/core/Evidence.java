package dev.rollcall.registry.core;

/** What the outcome of one heartbeat proves about the instance that was asked. */
public enum Evidence {
    /** 200 in time. */
    ALIVE,
    /** Nobody listens there, or another instance does: the process is gone. */
    GONE,
    /** No answer in time, unreachable, or an unknown host: perhaps the instance, perhaps the registry. */
    SILENT,
    /** It answers, but wrongly: alive and unwell. */
    UNWELL,
    /** 429, or 503 with Retry-After: alive and busy. */
    BUSY
}
