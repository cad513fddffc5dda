package dev.rollcall.grading.book;

import dev.rollcall.grading.book.ChangeResult.Created;
import dev.rollcall.grading.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps the results of POSTs with an idempotency key for a day, so that a retry gets the same result. */
final class IdempotencyLog {
    private static final Duration RETENTION = Duration.ofHours(24);
    /** The status of every stored result: only creations are stored. */
    private static final int STATUS_CREATED = 201;

    private IdempotencyLog() {}

    /** Returns the result for a key, if any; throws {@link ChangeRefusedException} if it was for another request. */
    static Optional<Created> find(Session sql, IdempotencyKey key, Instant now) throws SQLException {
        sql.update("DELETE FROM answered WHERE answered_at < ?", Tables.micros(now.minus(RETENTION)));
        return sql.first(
                "SELECT request, body, tag, location FROM answered WHERE client_key = ?",
                row -> {
                    if (!row.text(1).equals(key.request())) {
                        throw new ChangeRefusedException(
                                ChangeRefusedException.Kind.KEY_REUSED,
                                "this Idempotency-Key was used for another request");
                    }
                    return new Created(row.text(2), row.text(3), row.text(4));
                },
                key.value());
    }

    static void store(Session sql, IdempotencyKey key, Created result, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO answered (client_key, request, status, location, tag, body, answered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                key.value(),
                key.request(),
                STATUS_CREATED,
                result.location(),
                result.tag(),
                result.body(),
                Tables.micros(now));
    }
}
