package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the grading service told of one address. The same object for as long as it tells the same. Immutable. */
final class CachedResponse {
    private final String from;
    private final byte[] body;
    private final String etag;
    private final long total;
    private final Instant at;

    private CachedResponse(String from, byte[] body, String etag, long total, Instant at) {
        this.from = from;
        this.body = body;
        this.etag = etag;
        this.total = total;
        this.at = at;
    }

    static CachedResponse of(ClientResponse clientResponse, Instant at) {
        return new CachedResponse(
                clientResponse.from().toString(),
                clientResponse.body(),
                EntityTag.of(clientResponse).orElse(""),
                total(clientResponse),
                at);
    }

    /** The URL that told it, the provider's included. */
    String from() {
        return from;
    }

    /** The JSON. */
    byte[] body() {
        return body;
    }

    /** By what it is asked for again; empty if the service gives none. */
    String etag() {
        return etag;
    }

    /** How many there are in all; empty from a plain service, which tells all at once. */
    Optional<Long> total() {
        return total < 0 ? Optional.empty() : Optional.of(total);
    }

    /** When it was told first. */
    Instant at() {
        return at;
    }

    boolean isSameAs(ClientResponse clientResponse) {
        return etag.equals(EntityTag.of(clientResponse).orElse("")) && Arrays.equals(body, clientResponse.body());
    }

    private static long total(ClientResponse clientResponse) {
        try {
            return Long.parseLong(
                    clientResponse.header("Total-Count").orElse("-1").strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
