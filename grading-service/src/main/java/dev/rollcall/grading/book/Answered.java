package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What posts with a key were answered, kept for a day: the same post again is answered the same and done once. */
final class Answered {
    private static final Duration KEPT = Duration.ofHours(24);

    private Answered() {}

    /** The answer that a key was given, if it was; a {@link Refusal} if that was for another request. */
    static Optional<Reply> find(Session sql, IdempotencyKey key, Instant now) throws SQLException {
        sql.update("DELETE FROM answered WHERE answered_at < ?", Tables.micros(now.minus(KEPT)));
        return sql.first(
                "SELECT request, status, body, tag, location FROM answered WHERE client_key = ?",
                row -> {
                    if (!row.text(1).equals(key.request())) {
                        throw new Refusal(Refusal.Kind.KEY_REUSED, "this Idempotency-Key was used for another request");
                    }
                    return new Reply(row.integer(2), row.text(3), row.text(4), row.text(5));
                },
                key.value());
    }

    static void keep(Session sql, IdempotencyKey key, Reply reply, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO answered (client_key, request, status, location, tag, body, answered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                key.value(),
                key.request(),
                reply.status(),
                reply.location(),
                reply.tag(),
                reply.body(),
                Tables.micros(now));
    }
}
