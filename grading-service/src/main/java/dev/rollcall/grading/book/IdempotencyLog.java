package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What posts with a key were answered, kept for a day: the same post again is answered the same and done once. */
final class IdempotencyLog {
    private static final Duration KEPT = Duration.ofHours(24);

    private IdempotencyLog() {}

    /** The answer that a key was given, if it was; a {@link ChangeRefusedException} if that was for another request. */
    static Optional<ChangeResult> find(Session sql, IdempotencyKey key, Instant now) throws SQLException {
        sql.update("DELETE FROM answered WHERE answered_at < ?", Tables.micros(now.minus(KEPT)));
        return sql.first(
                "SELECT request, status, body, tag, location FROM answered WHERE client_key = ?",
                resultRow -> {
                    if (!resultRow.text(1).equals(key.request())) {
                        throw new ChangeRefusedException(
                                ChangeRefusedException.Kind.KEY_REUSED,
                                "this Idempotency-Key was used for another request");
                    }
                    return new ChangeResult(
                            resultRow.integer(2), resultRow.text(3), resultRow.text(4), resultRow.text(5));
                },
                key.value());
    }

    static void store(Session sql, IdempotencyKey key, ChangeResult changeResult, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO answered (client_key, request, status, location, tag, body, answered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                key.value(),
                key.request(),
                changeResult.status(),
                changeResult.location(),
                changeResult.tag(),
                changeResult.body(),
                Tables.micros(now));
    }
}
