package dev.rollcall.discovery;

import java.io.IOException;
import java.io.Serial;

/** Nobody who was asked answered. */
public final class CallFailedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean surelyNotDone;

    CallFailedException(String message, Throwable cause, boolean surelyNotDone) {
        super(message, cause);
        this.surelyNotDone = surelyNotDone;
    }

    /** Whether nobody can have begun to do what was asked, since no connection was made. */
    public boolean isSurelyNotDone() {
        return surelyNotDone;
    }
}
