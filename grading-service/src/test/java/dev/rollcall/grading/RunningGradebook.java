package dev.rollcall.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.store.Database;
import dev.rollcall.http.HttpHost;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A gradebook with its HTTP server and a client. */
final class RunningGradebook implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Gradebook gradebook;
    private final HttpHost host;

    private RunningGradebook(Gradebook gradebook, HttpHost host) {
        this.gradebook = gradebook;
        this.host = host;
    }

    static RunningGradebook on(Database database, String location, boolean withSamples, InstantSource clock) {
        var gradebook = Gradebook.on(database.open(location, Gradebook.seed(withSamples, clock)), clock, 1_000_000);
        try {
            return new RunningGradebook(gradebook, HttpHost.onFreePort(GradingRoutes.over(gradebook, clock)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningGradebook on(Database database, String location) {
        return on(database, location, true, InstantSource.system());
    }

    Gradebook gradebook() {
        return gradebook;
    }

    Result get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    Result post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    Result put(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("PUT", path, body, headers);
    }

    Result delete(String path, String... headers) throws IOException, InterruptedException {
        return send("DELETE", path, "", headers);
    }

    private Result send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Result(CLIENT.send(request.build(), BodyHandlers.ofString()));
    }

    @Override
    public void close() {
        host.close();
        gradebook.close();
    }

    record Result(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return Json.read(response.body(), JsonNode.class);
            } catch (MalformedJsonException e) {
                throw new AssertionError("no JSON: " + response.body(), e);
            }
        }

        String tag() {
            return header("ETag");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** A clock that moves only when the test advances it. */
    static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }
}
