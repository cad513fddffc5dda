package dev.rollcall.log.query;

import dev.rollcall.http.ProblemException;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreView;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the queries that read the store at once. Thread-safe. */
final class QueryLimiter {
    private final LogStore store;
    private final Semaphore permits;
    private final long waitMillis;

    QueryLimiter(LogStore store, QuerySettings settings) {
        this.store = store;
        this.permits = new Semaphore(settings.queriesMax());
        this.waitMillis = settings.queryWait().toMillis();
    }

    /**
     * Waits for a permit, then reads.
     *
     * @throws ProblemException 503 if there is no permit in time
     */
    <T> T read(ViewFunction<T> function) throws IOException {
        acquire();
        try (var view = store.view()) {
            return function.apply(view);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("too many queries at once");
    }

    /** Computes a result from what is stored. */
    @FunctionalInterface
    interface ViewFunction<T> {
        T apply(StoreView view) throws IOException;
    }
}
