package dev.rollcall.system.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;

/** Sends requests to services as curl would. */
public final class Http {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    public static Reply get(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    public static Reply post(String url, String contentType, String body) throws IOException, InterruptedException {
        return send(postOf(url, contentType, body));
    }

    /** Posts JSON under an idempotency key. */
    public static Reply postOnce(String url, String key, String json) throws IOException, InterruptedException {
        return send(postOf(url, "application/json", json).header("Idempotency-Key", key));
    }

    /** Posts without waiting for the response. */
    public static CompletableFuture<Reply> postLater(String url, String contentType, String body) {
        return sendLater(postOf(url, contentType, body));
    }

    /** Puts JSON on condition of a version. */
    public static Reply put(String url, long version, String json) throws IOException, InterruptedException {
        return send(request(url)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"" + version + "\"")
                .PUT(BodyPublishers.ofString(json)));
    }

    /** Deletes with a body, as deregistration does. */
    public static Reply delete(String url, String body) throws IOException, InterruptedException {
        return send(deleteOf(url, body));
    }

    /** Deletes without waiting for the response. */
    public static CompletableFuture<Reply> deleteLater(String url, String body) {
        return sendLater(deleteOf(url, body));
    }

    private static HttpRequest.Builder postOf(String url, String contentType, String body) {
        return request(url).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder deleteOf(String url, String body) {
        return request(url).header("Content-Type", "text/plain").method("DELETE", BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
    }

    private static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
    }

    private static CompletableFuture<Reply> sendLater(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Http::reply);
    }

    private static Reply reply(HttpResponse<String> response) {
        var headers = new LinkedHashMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Reply(response.statusCode(), headers, response.body());
    }
}
