package dev.rollcall.portal.gradebook;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Shares one query among concurrent callers with the same key. A caller that arrives while a query is in flight waits
 * for the next query, which starts when the current one completes. So no caller gets a result that was queried before
 * its call. Thread-safe.
 *
 * <p>The first caller that waits for the next query runs it on its own thread.
 */
final class SingleFlight<V> {
    private static final long WAIT_SECONDS = 30;

    private final Map<String, Queue<V>> queues = new HashMap<>();

    /** Returns the result of a query that starts after this call. */
    V query(String key, Query<V> query) throws IOException {
        Flight<V> flight;
        boolean isLeading;
        synchronized (this) {
            var queue = queues.computeIfAbsent(key, k -> new Queue<>());
            isLeading = queue.next == null;
            flight = queue.join();
        }
        if (!isLeading) {
            return await(flight.result);
        }
        awaitTurn(key, flight);
        try {
            var result = query.run();
            flight.result.complete(result);
            return result;
        } catch (IOException | RuntimeException | Error e) {
            flight.result.completeExceptionally(e);
            throw e;
        } finally {
            finish(key);
        }
    }

    private void awaitTurn(String key, Flight<V> flight) throws IOException {
        try {
            await(flight.turn);
            // later callers join the next query
            close(key, flight);
        } catch (IOException e) {
            close(key, flight);
            flight.result.completeExceptionally(e);
            if (flight.turn.isDone()) {
                finish(key);
            }
            throw e;
        }
    }

    private synchronized void close(String key, Flight<V> flight) {
        var queue = queues.get(key);
        if (queue != null && queue.next == flight) {
            queue.next = null;
        }
    }

    private synchronized void finish(String key) {
        var queue = Objects.requireNonNull(queues.get(key));
        if (queue.next == null) {
            queues.remove(key);
        } else {
            queue.next.turn.complete(true);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no response in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A query to share. */
    @FunctionalInterface
    interface Query<V> {
        V run() throws IOException;
    }

    private static final class Queue<V> {
        private boolean isBusy;
        private @Nullable Flight<V> next;

        Flight<V> join() {
            if (next == null) {
                next = new Flight<>();
                if (!isBusy) {
                    isBusy = true;
                    next.turn.complete(true);
                }
            }
            return next;
        }
    }

    private static final class Flight<V> {
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
        private final CompletableFuture<V> result = new CompletableFuture<>();
    }
}
