package dev.rollcall.grading.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A write that waits for its commit. Either the writer takes it or its caller gives up, never both. Thread-safe. */
final class PendingWrite<T> {
    private final TransactionBody<Transaction, T> transactionBody;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable T result;
    private @Nullable RuntimeException refusal;

    PendingWrite(TransactionBody<Transaction, T> transactionBody) {
        this.transactionBody = transactionBody;
    }

    /** Whether it is the caller's to run or to give up. */
    boolean acquire() {
        return taken.compareAndSet(false, true);
    }

    void run(Transaction transaction) throws SQLException {
        result = transactionBody.on(transaction);
    }

    /** It was undone, and nothing else of its group. */
    void refuse(RuntimeException reason) {
        refusal = reason;
    }

    /** Its group was committed. */
    @SuppressWarnings("NullAway") // a work whose result is null has a nullable T
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

    /** Waits for the commit; for its beginning no longer than the limit. */
    T await(long limitMillis) {
        try {
            return done.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (acquire()) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "too many writes wait; nothing was done", e);
            }
            return awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNKNOWN, "interrupted while a write was under way", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private T awaitEnd() {
        try {
            return done.get(GroupWriter.COMMIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreException(StoreException.Kind.UNKNOWN, "the database doesn't say what became of a write", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNKNOWN, "interrupted while a write was under way", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
