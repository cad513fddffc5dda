package dev.rollcall.discovery;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A response to a call. Immutable. */
public final class ClientResponse {
    private final URI from;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    ClientResponse(URI from, int status, HttpHeaders headers, byte[] body) {
        this.from = from;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the URL that responded. */
    public URI from() {
        return from;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns a header; empty if absent. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Returns the body, which must not be changed. */
    public byte[] body() {
        return body;
    }

    /** Returns the body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
