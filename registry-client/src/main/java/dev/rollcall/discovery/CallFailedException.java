package dev.rollcall.discovery;

import java.io.IOException;
import java.io.Serial;

/** Signals that no called address responded. */
public final class CallFailedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean surelyNotDone;

    CallFailedException(String message, Throwable cause, boolean surelyNotDone) {
        super(message, cause);
        this.surelyNotDone = surelyNotDone;
    }

    /** Whether the call was certainly not executed, because no connection was made. */
    public boolean isSurelyNotDone() {
        return surelyNotDone;
    }
}
