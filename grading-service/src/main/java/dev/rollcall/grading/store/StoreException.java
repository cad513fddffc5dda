package dev.rollcall.grading.store;

import java.io.Serial;

/** Thrown when the store fails. The message may be shown to the client. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The effect of a failure on the request. */
    public enum Kind {
        /** The disk or the size limit is full; nothing was done. */
        FULL,
        /** The database is unreachable or overloaded; nothing was done, and the client may retry. */
        UNAVAILABLE,
        /** The database failed, and the change may or may not be committed. */
        UNKNOWN,
        /** The store can't be opened; the message says why. */
        UNUSABLE
    }
}
