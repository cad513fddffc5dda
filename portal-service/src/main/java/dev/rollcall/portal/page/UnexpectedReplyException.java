package dev.rollcall.portal.page;

import dev.rollcall.discovery.ClientResponse;
import java.io.IOException;
import java.io.Serial;

/** A service answered, but not what it was asked for. */
public final class UnexpectedReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    /** Carries what the answer said. */
    public UnexpectedReplyException(ClientResponse clientResponse) {
        super("unexpected answer of " + clientResponse.from());
        this.status = clientResponse.status();
        this.reason = ProblemReader.reason(clientResponse);
    }

    /** The answer's status. */
    public int status() {
        return status;
    }

    /** The answer's status, and its own words. */
    public String reason() {
        return reason;
    }

    /** Whether the service said that it can't for now. */
    public boolean isUnavailable() {
        return status == 503;
    }
}
