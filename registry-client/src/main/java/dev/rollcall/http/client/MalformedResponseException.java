package dev.rollcall.http.client;

import java.io.IOException;
import java.io.Serial;

/** Signals that the bytes are no valid HTTP/1.1 response. The message completes a sentence about the server. */
public final class MalformedResponseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Creates an exception with the reason. */
    public MalformedResponseException(String message) {
        super(message);
    }
}
