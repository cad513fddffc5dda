package dev.rollcall.portal;

import dev.rollcall.discovery.Reply;
import java.io.IOException;
import java.io.Serial;

/** A service answered, but not what it was asked for. */
final class UnexpectedReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    UnexpectedReplyException(Reply reply) {
        super("unexpected answer of " + reply.from());
        this.status = reply.status();
        this.reason = Refusal.reason(reply);
    }

    /** The answer's status, and its own words. */
    String reason() {
        return reason;
    }

    /** Whether the service said that it can't for now. */
    boolean isUnavailable() {
        return status == 503;
    }
}
