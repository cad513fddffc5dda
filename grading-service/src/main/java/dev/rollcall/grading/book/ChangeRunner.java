package dev.rollcall.grading.book;

import dev.rollcall.grading.book.ChangeResult.Created;
import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.TransactionBody;
import java.time.InstantSource;
import java.util.Optional;

/** Runs changes, each in one transaction with its history. Returns when they are on disk. Thread-safe. */
final class ChangeRunner {
    private final Store store;
    private final InstantSource clock;

    ChangeRunner(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    <T> T change(Author author, TransactionBody<RecordedChange, T> body) {
        return store.write(transaction -> body.run(new RecordedChange(transaction, author, clock.instant())));
    }

    /** Runs a change once per idempotency key; a retry gets the result of the first run. */
    Created once(Author author, Optional<IdempotencyKey> key, TransactionBody<RecordedChange, Created> body) {
        return change(author, change -> {
            if (key.isEmpty()) {
                return body.run(change);
            }
            var earlier = IdempotencyLog.find(change.sql(), key.get(), change.now());
            if (earlier.isPresent()) {
                return earlier.get();
            }
            var result = body.run(change);
            IdempotencyLog.store(change.sql(), key.get(), result, change.now());
            return result;
        });
    }
}
