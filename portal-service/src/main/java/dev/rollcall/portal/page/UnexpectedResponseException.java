package dev.rollcall.portal.page;

import dev.rollcall.discovery.ClientResponse;
import java.io.IOException;
import java.io.Serial;

/** A service sent a response other than the expected one. */
public final class UnexpectedResponseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    public UnexpectedResponseException(ClientResponse response) {
        super("unexpected answer of " + response.from());
        this.status = response.status();
        this.reason = ProblemReader.reason(response);
    }

    public int status() {
        return status;
    }

    /** Returns the response's status and its own words. */
    public String reason() {
        return reason;
    }

    /** Returns whether the service is temporarily unavailable. */
    public boolean isUnavailable() {
        return status == 503;
    }
}
