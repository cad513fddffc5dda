package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A response of the grading service for one URL. It stays the same object while the response stays equal. Immutable.
 */
final class CachedResponse {
    private final String url;
    private final byte[] body;
    private final String etag;
    private final long total;
    private final Instant since;

    private CachedResponse(String from, byte[] body, String etag, long total, Instant at) {
        this.url = from;
        this.body = body;
        this.etag = etag;
        this.total = total;
        this.since = at;
    }

    static CachedResponse of(ClientResponse response, Instant at) {
        return new CachedResponse(
                response.from().toString(),
                response.body(),
                EntityTag.of(response).orElse(""),
                total(response),
                at);
    }

    /** Returns the URL, including the provider's address. */
    String url() {
        return url;
    }

    /** Returns the body, JSON. */
    byte[] body() {
        return body;
    }

    /** Returns the entity tag for conditional requests; empty if the service sends none. */
    String etag() {
        return etag;
    }

    /** Returns the total number of entries; empty from a plain service, which always sends all. */
    Optional<Long> total() {
        return total < 0 ? Optional.empty() : Optional.of(total);
    }

    /** Returns when it was first received. */
    Instant since() {
        return since;
    }

    boolean isSameAs(ClientResponse response) {
        return etag.equals(EntityTag.of(response).orElse("")) && Arrays.equals(body, response.body());
    }

    private static long total(ClientResponse response) {
        try {
            return Long.parseLong(response.header("Total-Count").orElse("-1").strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
