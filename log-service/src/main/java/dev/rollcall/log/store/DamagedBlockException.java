package dev.rollcall.log.store;

import java.io.IOException;

/** A block that is there isn't what was stored. Others of the same segment may be good. */
public final class DamagedBlockException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedBlockException(String message) {
        super(message);
    }

    DamagedBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
