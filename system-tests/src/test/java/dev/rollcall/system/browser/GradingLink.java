package dev.rollcall.system.browser;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad network between the portal and a grading service: forwards requests, and responses late or not at all. It is
 * registered in place of the service. Thread-safe.
 */
final class GradingLink implements AutoCloseable {
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String target;
    private final RawServer server;
    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean isCut;

    private GradingLink(String target) {
        this.target = target;
        this.server = RawServer.on(0, this::handle);
    }

    static GradingLink to(String target) {
        return new GradingLink(target);
    }

    String url() {
        return server.url();
    }

    /** Delays the responses of grades, read or changed. A change in the grid has to wait for both. */
    void delayGrades(Duration by) {
        delay = by;
    }

    /** Loses the responses of the next changes; the service still gets the requests. */
    void loseResponses(int count) {
        losses.set(count);
    }

    /** Forwards nothing but heartbeats, or everything again. */
    void cut(boolean isOff) {
        isCut = isOff;
    }

    /** Returns the number of changes forwarded so far. */
    int changes() {
        return changes.get();
    }

    @Override
    public void close() {
        server.close();
    }

    private Act handle(RawRequest request) throws IOException, InterruptedException {
        if (request.path().equals("/heartbeat")) {
            return Act.OK;
        }
        if (isCut) {
            return new Act.Reset();
        }
        var isGrade = request.path().contains("/grades/") || request.path().contains("/items/");
        var answer = isGrade ? new Act.Delay(delay, pass(request)) : pass(request);
        if (request.method().equals("GET")) {
            return answer;
        }
        changes.incrementAndGet();
        return losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? new Act.Reset() : answer;
    }

    private Act pass(RawRequest request) throws IOException, InterruptedException {
        var passed = HttpRequest.newBuilder(URI.create(target + request.path()))
                .timeout(LIMIT)
                .method(request.method(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                passed.setHeader(name, value);
            }
        });
        return answer(client.send(passed.build(), BodyHandlers.ofString()));
    }

    private static Act answer(HttpResponse<String> response) {
        var headers = new LinkedHashMap<String, String>();
        response.headers().firstValue("ETag").ifPresent(tag -> headers.put("ETag", tag));
        var type = response.headers().firstValue("Content-Type").orElse("application/json");
        return new Act.Answer(response.statusCode(), type, headers, response.body());
    }
}
