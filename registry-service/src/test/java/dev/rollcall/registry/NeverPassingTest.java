package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newcomers whose probes never succeed, each for another reason, side by side. */
class NeverPassingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    void givenServicesThatNeverRespondWith200_whenProbed_thenSuspectThenEvictedWithReason() throws Exception {
        var never = new CompletableFuture<Response>();
        var routes = Routes.NONE
                .get("/unauthorized", request -> Response.empty(401))
                .get("/moved", request -> Response.empty(302).with("Location", "/heartbeat"))
                .get("/heartbeat", request -> Response.empty(200))
                .get("/failing", request -> Response.empty(500))
                .get("/busy", request -> Response.empty(503).with("Retry-After", "1"))
                .get("/stalled", request -> Response.later(never));
        var settings = RegistrySettings.parseOrExit(
                new String[] {"--heartbeat", "100ms", "--heartbeat-limit", "200ms"}, Map.of());
        try (var log = CapturedLog.of(ChangeLogger.class);
                var loop = new RegistryLoop(settings, Journal.open(data));
                var registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
                var service = HttpHost.onFreePort(routes)) {
            loop.start();
            var at = "http://localhost:" + registry.port();
            var reasons = new LinkedHashMap<String, String>();
            reasons.put("http://localhost:" + service.port() + "/nothing", "answered 404");
            reasons.put("http://localhost:" + service.port() + "/unauthorized", "answered 401");
            reasons.put("http://localhost:" + service.port() + "/moved", "answered 302");
            reasons.put("http://localhost:" + service.port() + "/failing", "answered 500");
            reasons.put("http://localhost:" + service.port() + "/busy", "answered 503");
            reasons.put("http://localhost:" + service.port() + "/stalled", "no answer within 200 ms");
            reasons.put("http://localhost:1/heartbeat", "connection refused");
            var number = 0;
            for (var heartbeat : reasons.keySet()) {
                post(at, number++, heartbeat);
            }

            Eventually.holds(
                    "all are evicted",
                    LIMIT,
                    () -> get(at, "/services").findValuesAsText("Health").stream()
                            .allMatch("evicted"::equals));

            assertThat(get(at, "/services").findValuesAsText("Reason")).containsExactlyElementsOf(reasons.values());
            assertThat(get(at, "/services/Service-0")).isEmpty();
            number = 0;
            for (var reason : reasons.values()) {
                assertThat(histories(at).get("http://localhost:400" + number++))
                        .containsExactly("registered: ", "suspect: " + reason, "evicted: " + reason);
            }
            assertThat(log.events())
                    .filteredOn(event -> event.getLevel() == Level.WARN)
                    .hasSize(2 * reasons.size());
            never.complete(Response.empty(200));
        }
    }

    private Map<String, List<String>> histories(String at) throws Exception {
        var histories = new LinkedHashMap<String, List<String>>();
        for (var event : get(at, "/events")) {
            histories
                    .computeIfAbsent(event.get("ServiceURL").asText(), url -> new ArrayList<>())
                    .add(event.get("Kind").asText() + ": " + event.get("Reason").asText());
        }
        return histories;
    }

    private void post(String at, int number, String heartbeat) throws Exception {
        var body = "{\"ServiceName\":\"Service-%d\",\"ServiceURL\":\"http://localhost:400%d\",\"HeartbeatURL\":\"%s\"}"
                .formatted(number, number, heartbeat);
        var request = HttpRequest.newBuilder(URI.create(at + "/services"))
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private JsonNode get(String at, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(at + path)).build();
        return new ObjectMapper()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }
}
