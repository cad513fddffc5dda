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
 * Does what has one key once. Who comes with the same key while it is being done waits for it; who comes later gets the
 * answer that was given, if it led on to another page. What was refused isn't kept: mended, it may be sent again.
 * Thread-safe.
 */
final class OncePerKey {
    private static final int KEPT_MAX = 10_000;
    private static final long WAIT_SECONDS = 30;
    private static final int SEE_OTHER = 303;

    private final Map<String, CompletableFuture<Response>> answers = new LinkedHashMap<>();

    Response answer(String key, Work work) throws IOException {
        var own = new CompletableFuture<Response>();
        var first = claim(key, own);
        if (first.isPresent()) {
            return await(first.get());
        }
        try {
            var response = work.run();
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

    /** Who was first with this key; empty if that is who asks. */
    private synchronized Optional<CompletableFuture<Response>> claim(String key, CompletableFuture<Response> own) {
        var known = answers.putIfAbsent(key, own);
        if (answers.size() > KEPT_MAX) {
            answers.remove(answers.keySet().iterator().next());
        }
        return Optional.ofNullable(known);
    }

    private synchronized void forget(String key) {
        answers.remove(key);
    }

    private static Response await(CompletableFuture<Response> first) throws IOException {
        try {
            return first.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the form's first sending came to no end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What is to be done once. */
    @FunctionalInterface
    interface Work {
        Response run() throws IOException;
    }
}
