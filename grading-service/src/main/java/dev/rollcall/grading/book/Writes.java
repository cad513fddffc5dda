package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.Work;
import java.time.InstantSource;
import java.util.Optional;

/** Makes changes to a store, each in a transaction with its history; returns when they are on disk. Thread-safe. */
final class Writes {
    private final Store store;
    private final InstantSource clock;

    Writes(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    <T> T change(Author author, Work<Change, T> work) {
        return store.write(transaction -> work.on(new Change(transaction, author, clock.instant())));
    }

    /** Makes a change that somebody may ask for several times by one key: once, and answers the same each time. */
    Reply once(Author author, Optional<IdempotencyKey> key, Work<Change, Reply> work) {
        return change(author, change -> {
            if (key.isEmpty()) {
                return work.on(change);
            }
            var known = Answered.find(change.sql(), key.get(), change.now());
            if (known.isPresent()) {
                return known.get();
            }
            var reply = work.on(change);
            Answered.keep(change.sql(), key.get(), reply, change.now());
            return reply;
        });
    }
}
