package dev.rollcall.log;

import dev.rollcall.http.HttpHost;
import dev.rollcall.log.query.LogFollowers;
import dev.rollcall.log.query.LogQueryRoutes;
import dev.rollcall.log.query.QuerySettings;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A log service on a real port and real files, and a client for it. */
final class TestService implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T09:15:37.123456Z");
    static final String FIRST_SEGMENT = "log-000000000001.ndjson";
    static final String ADA = "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f";
    static final String BOB = "0b0b0b0b-7c4d-4b6e-9d12-3a5b7c9d0e1f";

    private final LogStore store;
    private final LogFollowers followers;
    private final HttpHost http;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestService(LogStore store, QuerySettings settings) throws IOException {
        this.store = store;
        this.followers = LogFollowers.of(store, settings);
        var clock = InstantSource.fixed(NOW);
        this.http = HttpHost.onFreePort(LogRoutes.into(store, new BodyMemory(16 << 20, 1 << 20), clock)
                .and(LogQueryRoutes.over(store, clock, followers, settings)));
    }

    static TestService on(Path directory) throws IOException {
        return new TestService(
                LogStore.open(directory, StoreSettings.DEFAULT, InstantSource.fixed(NOW)), QuerySettings.DEFAULT);
    }

    /** Opens a service whose followers may lag by so many bytes only. */
    static TestService withLagBytesMax(Path directory, long bytes) throws IOException {
        var usual = QuerySettings.DEFAULT;
        var settings = new QuerySettings(
                usual.queriesMax(), usual.queryWait(), usual.followersMax(), bytes, usual.keepAlivePeriod());
        return new TestService(LogStore.open(directory, StoreSettings.DEFAULT, InstantSource.fixed(NOW)), settings);
    }

    static TestService over(LogStore store) throws IOException {
        return new TestService(store, QuerySettings.DEFAULT);
    }

    static List<String> linesIn(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve(FIRST_SEGMENT));
    }

    /** Returns a line of a batch. */
    static String record(long sequence, String level, String message) {
        return "{\"time\":\"%s\",\"service\":\"GradingService\",\"level\":\"%s\",\"message\":\"%s\",\"sequence\":%d}\n"
                .formatted(NOW, level, message, sequence);
    }

    /** Returns the lines of a batch, whose messages are their sequences. */
    static String records(long first, long last) {
        var lines = new StringBuilder();
        for (var i = first; i <= last; i++) {
            lines.append(record(i, "INFO", "m" + i));
        }
        return lines.toString();
    }

    int port() {
        return http.port();
    }

    int followers() {
        return followers.count();
    }

    /** Returns the number of records skipped for followers. */
    long skipped() {
        return followers.skipped();
    }

    HttpResponse<String> plain(String body, String... headers) throws Exception {
        return send(
                request("/log", headers).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> batch(String producer, long first, long last, String lines) throws Exception {
        return batch(lines, "Log-Producer", producer, "Log-Sequence", first + "-" + last);
    }

    HttpResponse<String> batch(String lines, String... headers) throws Exception {
        return batch(lines.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> batch(byte[] body, String... headers) throws Exception {
        return send(request("/log", headers)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> get(String pathAndQuery, String... headers) throws Exception {
        return send(request(pathAndQuery, headers).GET());
    }

    HttpResponse<String> method(String name, String path) throws Exception {
        return send(request(path).method(name, BodyPublishers.noBody()));
    }

    static String ack(HttpResponse<?> response) {
        return response.headers().firstValue("Log-Ack").orElse("none");
    }

    @Override
    public void close() throws IOException {
        http.close();
        followers.close();
        store.close();
    }

    private HttpRequest.Builder request(String pathAndQuery, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + pathAndQuery))
                .timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
