package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.TransactionBody;
import java.time.InstantSource;
import java.util.Optional;

/** Makes changes to a store, each in a transaction with its history; returns when they are on disk. Thread-safe. */
final class ChangeRunner {
    private final Store store;
    private final InstantSource clock;

    ChangeRunner(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    <T> T change(Author author, TransactionBody<RecordedChange, T> transactionBody) {
        return store.write(transaction -> transactionBody.on(new RecordedChange(transaction, author, clock.instant())));
    }

    /** Makes a change that somebody may ask for several times by one key: once, and answers the same each time. */
    ChangeResult once(
            Author author,
            Optional<IdempotencyKey> key,
            TransactionBody<RecordedChange, ChangeResult> transactionBody) {
        return change(author, recordedChange -> {
            if (key.isEmpty()) {
                return transactionBody.on(recordedChange);
            }
            var known = IdempotencyLog.find(recordedChange.sql(), key.get(), recordedChange.now());
            if (known.isPresent()) {
                return known.get();
            }
            var changeResult = transactionBody.on(recordedChange);
            IdempotencyLog.store(recordedChange.sql(), key.get(), changeResult, recordedChange.now());
            return changeResult;
        });
    }
}
