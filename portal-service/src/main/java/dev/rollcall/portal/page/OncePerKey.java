package dev.rollcall.portal.page;

import dev.rollcall.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs an action once per key. A concurrent caller with the same key waits for the running action. A later caller gets
 * the stored response if it was a redirect. Other responses aren't stored, so a corrected form may be sent again.
 * Thread-safe.
 */
final class OncePerKey {
    private static final int KEYS_MAX = 10_000;
    private static final long WAIT_SECONDS = 30;
    private static final int SEE_OTHER = 303;

    private final Map<String, CompletableFuture<Response>> responses = new LinkedHashMap<>();

    Response run(String key, Action action) throws IOException {
        var own = new CompletableFuture<Response>();
        var first = claim(key, own);
        if (first.isPresent()) {
            return await(first.get());
        }
        try {
            var response = action.run();
            if (response.status() != SEE_OTHER) {
                forget(key);
            }
            own.complete(response);
            return response;
        } catch (IOException | RuntimeException | Error e) {
            forget(key);
            own.completeExceptionally(e);
            throw e;
        }
    }

    /** Returns the first caller's future; empty if this caller is the first. */
    private synchronized Optional<CompletableFuture<Response>> claim(String key, CompletableFuture<Response> own) {
        var known = responses.putIfAbsent(key, own);
        if (responses.size() > KEYS_MAX) {
            responses.remove(responses.keySet().iterator().next());
        }
        return Optional.ofNullable(known);
    }

    private synchronized void forget(String key) {
        responses.remove(key);
    }

    private static Response await(CompletableFuture<Response> first) throws IOException {
        try {
            return first.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the form's first submission did not finish", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** An action to run once. */
    @FunctionalInterface
    interface Action {
        Response run() throws IOException;
    }
}
