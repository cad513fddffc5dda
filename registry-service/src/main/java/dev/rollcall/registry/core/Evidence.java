package dev.rollcall.registry.core;

/** What the result of one probe proves about the instance. */
public enum Evidence {
    /** 200 in time. */
    ALIVE,
    /** The connection was refused, or another instance responded: the process is gone. */
    GONE,
    /** No response in time, unreachable, or an unknown host: the fault of the instance or of the registry. */
    SILENT,
    /** A wrong response: alive and unwell. */
    UNWELL,
    /** 429, or 503 with Retry-After: alive and busy. */
    BUSY
}
