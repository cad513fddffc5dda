package dev.rollcall.log.query;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreView;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many queries at once read what is stored. Thread-safe. */
final class QueryLimiter {
    private final LogStore store;
    private final Semaphore turns;
    private final long waitMillis;

    QueryLimiter(LogStore store, QuerySettings settings) {
        this.store = store;
        this.turns = new Semaphore(settings.queriesMax());
        this.waitMillis = settings.queryWait().toMillis();
    }

    /**
     * Waits for its turn, then reads.
     *
     * @throws ProblemException 503 if its turn doesn't come in time
     */
    <T> T read(Reading<T> reading) throws IOException {
        await();
        try (var view = store.view()) {
            return reading.of(view);
        } finally {
            turns.release();
        }
    }

    private void await() {
        try {
            if (turns.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("too many queries at once");
    }

    /** Makes something of what is stored. */
    @FunctionalInterface
    interface Reading<T> {
        T of(StoreView view) throws IOException;
    }
}
