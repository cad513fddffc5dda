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
 * Lets many who want to know the same share one question. While a question is under way, who comes waits for the next
 * one, which is asked as soon as that one is answered: so nobody gets an answer to a question that was asked before he
 * came. Thread-safe.
 *
 * <p>Of those who wait for the next question, the first asks it, by his own thread.
 */
final class SingleFlight<V> {
    private static final long WAIT_SECONDS = 30;

    private final Map<String, Line<V>> lines = new HashMap<>();

    /** The answer to a question that is asked after this call began. */
    V query(String key, Question<V> question) throws IOException {
        Flight<V> flight;
        boolean isLeading;
        synchronized (this) {
            var line = lines.computeIfAbsent(key, k -> new Line<>());
            isLeading = line.next == null;
            flight = line.join();
        }
        if (!isLeading) {
            return await(flight.answer);
        }
        awaitTurn(key, flight);
        try {
            var answer = question.ask();
            flight.answer.complete(answer);
            return answer;
        } catch (IOException | RuntimeException | Error e) {
            flight.answer.completeExceptionally(e);
            throw e;
        } finally {
            land(key);
        }
    }

    private void awaitTurn(String key, Flight<V> flight) throws IOException {
        try {
            await(flight.turn);
            // from now on others come too late for this question
            close(key, flight);
        } catch (IOException e) {
            close(key, flight);
            flight.answer.completeExceptionally(e);
            if (flight.turn.isDone()) {
                land(key);
            }
            throw e;
        }
    }

    private synchronized void close(String key, Flight<V> flight) {
        var line = lines.get(key);
        if (line != null && line.next == flight) {
            line.next = null;
        }
    }

    private synchronized void land(String key) {
        var line = Objects.requireNonNull(lines.get(key));
        if (line.next == null) {
            lines.remove(key);
        } else {
            line.next.turn.complete(true);
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
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What is asked. */
    @FunctionalInterface
    interface Question<V> {
        V ask() throws IOException;
    }

    private static final class Line<V> {
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
        private final CompletableFuture<V> answer = new CompletableFuture<>();
    }
}
