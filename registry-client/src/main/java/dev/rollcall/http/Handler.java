package dev.rollcall.http;

import java.io.IOException;

/** Handles one kind of request. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
    /**
     * Returns the response to a request.
     *
     * @throws ProblemException for a client's mistake, which the response describes
     * @throws IOException when the request can't be read; any other exception becomes a plain 500
     */
    Response handle(Request request) throws IOException;
}
