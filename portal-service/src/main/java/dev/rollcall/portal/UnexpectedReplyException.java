package dev.rollcall.portal;

import dev.rollcall.discovery.Reply;
import java.io.IOException;
import java.io.Serial;

/** A service answered, but not what it was asked for. */
final class UnexpectedReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;

    UnexpectedReplyException(Reply reply) {
        super(Refusal.reason(reply));
        this.status = reply.status();
    }

    /** Whether the service said that it can't for now. */
    boolean isUnavailable() {
        return status == 503;
    }
}
