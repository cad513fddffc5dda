package dev.rollcall.http.client;

import java.io.IOException;
import java.io.Serial;

/** What came is no HTTP/1.1 response; the message says why in the words of a sentence about the other side. */
public final class MalformedResponseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Carries the reason. */
    public MalformedResponseException(String message) {
        super(message);
    }
}
