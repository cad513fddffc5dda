package dev.rollcall.grading.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A write that waits for its commit. Either the writer runs it or its caller cancels it, never both. Thread-safe. */
final class PendingWrite<T> {
    private final TransactionBody<Transaction, T> body;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private @Nullable T result;
    private @Nullable RuntimeException refusal;

    PendingWrite(TransactionBody<Transaction, T> body) {
        this.body = body;
    }

    /** Claims the write, to run or to cancel it. Returns whether the claim succeeded. */
    boolean acquire() {
        return claimed.compareAndSet(false, true);
    }

    void run(Transaction transaction) throws SQLException {
        result = body.run(transaction);
    }

    /** Notes that this write alone was rolled back; its caller gets the reason after the commit. */
    void refuse(RuntimeException reason) {
        refusal = reason;
    }

    /** Completes the write after the commit of its group. */
    @SuppressWarnings("NullAway") // a body whose result is null has a nullable T
    void finish() {
        if (refusal != null) {
            done.completeExceptionally(refusal);
        } else {
            done.complete(result);
        }
    }

    void fail(RuntimeException reason) {
        done.completeExceptionally(reason);
    }

    /** Waits for the commit. Cancels the write if it has not started within the limit. */
    T await(long limitMillis) {
        try {
            return done.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (acquire()) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE, "too many writes are pending; nothing was done", e);
            }
            return awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    StoreException.Kind.UNKNOWN, "interrupted during a write, which may or may not be stored", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private T awaitEnd() {
        try {
            return done.get(GroupWriter.COMMIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreException(
                    StoreException.Kind.UNKNOWN,
                    "the database did not respond in time; the write may or may not be stored",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    StoreException.Kind.UNKNOWN, "interrupted during a write, which may or may not be stored", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
