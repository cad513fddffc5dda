package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Reply;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the grading service told of one address. The same object for as long as it tells the same. Immutable. */
final class Told {
    private final String from;
    private final byte[] body;
    private final String etag;
    private final long total;
    private final Instant at;

    private Told(String from, byte[] body, String etag, long total, Instant at) {
        this.from = from;
        this.body = body;
        this.etag = etag;
        this.total = total;
        this.at = at;
    }

    static Told of(Reply reply, Instant at) {
        return new Told(
                reply.from().toString(), reply.body(), EntityTag.of(reply).orElse(""), total(reply), at);
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

    boolean isSameAs(Reply reply) {
        return etag.equals(EntityTag.of(reply).orElse("")) && Arrays.equals(body, reply.body());
    }

    private static long total(Reply reply) {
        try {
            return Long.parseLong(reply.header("Total-Count").orElse("-1").strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
