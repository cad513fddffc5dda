package dev.rollcall.grading.store;

import java.io.Serial;

/** The store could not do what it was asked. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Wraps what the database said; {@code message} may be shown to the caller. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What this means for the request. */
    public Kind kind() {
        return kind;
    }

    /** What a failure means. */
    public enum Kind {
        /** There is no room on the disk or within the bound; nothing was done. */
        FULL,
        /** The database is away or too busy; nothing was done, and the same may be asked again. */
        UNAVAILABLE,
        /** The database failed in a way that doesn't say whether the change is in it. */
        UNKNOWN,
        /** The store can't be opened as it is; the message says why. */
        UNUSABLE
    }
}
