package dev.rollcall.http;

import java.io.IOException;

/** Answers one kind of request. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer to a request.
     *
     * @throws ProblemException for a caller's mistake, which it is told
     * @throws IOException when the request can't be read; anything else thrown is answered with a plain 500
     */
    Response handle(Request request) throws IOException;
}
