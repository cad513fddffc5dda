package dev.rollcall.log.store;

import java.io.IOException;

/** Thrown when a block is not what was stored. Other blocks of the same segment may be good. */
public final class CorruptBlockException extends IOException {
    private static final long serialVersionUID = 1;

    CorruptBlockException(String message) {
        super(message);
    }

    CorruptBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
