package dev.rollcall.host;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.http.HttpStats;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The routes that describe an instance: {@code GET /health} and {@code GET /metrics}. */
final class StatusRoutes {
    private final ServiceName service;
    private final String instanceId;
    private final Instant since;
    private final Supplier<List<String>> healthReasons;
    private final Supplier<HttpStats> http;
    private final List<Consumer<MetricsText>> metrics;

    StatusRoutes(
            ServiceName service,
            String instanceId,
            Instant since,
            Supplier<List<String>> healthReasons,
            Supplier<HttpStats> http,
            List<Consumer<MetricsText>> metrics) {
        this.service = service;
        this.instanceId = instanceId;
        this.since = since;
        this.healthReasons = healthReasons;
        this.http = http;
        this.metrics = List.copyOf(metrics);
    }

    Routes routes() {
        return Routes.NONE.get("/health", this::health).get("/metrics", this::metrics);
    }

    /** Returns 200 whenever it responds at all: a degraded instance still does what it can. */
    private Response health(Request request) {
        var reasons = healthReasons.get();
        return Response.json(
                200, new Health(reasons.isEmpty() ? "passing" : "degraded", service, instanceId, since, reasons));
    }

    private Response metrics(Request request) {
        var text = new MetricsText();
        var stats = http.get();
        text.gauge("rollcall_requests_in_flight", "Requests under way.", stats.inFlight());
        text.counters("rollcall_requests_total", "Requests answered, by status.", "status", stats.responses());
        text.counter(
                "rollcall_request_seconds_total", "Time that all answers took together.", stats.responseNanos() / 1e9);
        metrics.forEach(writer -> writer.accept(text));
        return Response.text(200, MetricsText.MEDIA_TYPE, text.toString());
    }

    @JsonPropertyOrder({"status", "service", "instance", "since", "reasons"})
    private record Health(String status, ServiceName service, String instance, Instant since, List<String> reasons) {}
}
