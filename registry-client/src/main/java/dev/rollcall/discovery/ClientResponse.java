package dev.rollcall.discovery;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the called side answered. Immutable. */
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

    /** The URL that answered. */
    public URI from() {
        return from;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A header; empty if it is absent. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body, which the caller doesn't change. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
