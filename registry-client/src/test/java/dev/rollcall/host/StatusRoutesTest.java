package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.HttpStats;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatusRoutesTest {
    private final AtomicReference<List<String>> healthReasons = new AtomicReference<>(List.of());
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        var stats = new HttpStats(2, Map.of(200, 10L, 404, 1L), 1_500_000_000);
        host = HttpHost.onFreePort(new StatusRoutes(
                        ServiceName.GRADING,
                        "one-run",
                        Instant.parse("2026-11-22T09:15:37Z"),
                        healthReasons::get,
                        () -> stats,
                        List.of(text -> text.gauge("rollcall_students", "Students.", 5)))
                .routes());
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givenNoDoubts_whenHealthIsAsked_thenPassing() throws Exception {
        var response = client.get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"status\":\"passing\",\"service\":\"GradingService\",\"instance\":\"one-run\","
                        + "\"since\":\"2026-11-22T09:15:37Z\",\"reasons\":[]}");
    }

    @Test
    void givenDoubts_whenHealthIsAsked_thenStill200AndDegradedWithReasons() throws Exception {
        healthReasons.set(List.of("there is no LogService"));

        var response = client.get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"status\":\"degraded\"")
                .endsWith("\"reasons\":[\"there is no LogService\"]}");
    }

    @Test
    void givenStats_whenMetricsAreAsked_thenThemAndTheServicesOwnInPrometheusText() throws Exception {
        var response = client.get("/metrics");

        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body().lines())
                .contains(
                        "rollcall_requests_in_flight 2",
                        "rollcall_requests_total{status=\"200\"} 10",
                        "rollcall_requests_total{status=\"404\"} 1",
                        "rollcall_request_seconds_total 1.5",
                        "rollcall_students 5");
    }
}
