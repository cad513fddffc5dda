package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.LiveStream;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SystemPageTest {
    private static final String SERVICES =
            "[{\"ServiceName\":\"PortalService\",\"ServiceURL\":\"http://localhost:8080\","
                    + "\"InstanceID\":\"p1\",\"Health\":\"passing\",\"Since\":\"2026-11-22T09:15:07Z\","
                    + "\"LastAnswer\":\"2026-11-22T09:15:35Z\",\"RequiredServices\":[\"LogService\",\"GradingService\"],"
                    + "\"Missing\":[\"LogService\"],\"Metadata\":{\"version\":\"0.1.0\"}},"
                    + "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:8081\",\"Health\":\"suspect\","
                    + "\"Since\":\"2026-11-22T09:05:37Z\",\"LastAnswer\":null,\"RequiredServices\":[\"LogService\"],"
                    + "\"Missing\":[\"LogService\"]}]";
    private static final String LOG = "{\"time\":\"2026-11-22T09:15:30.123456Z\",\"service\":\"GradingService\","
            + "\"level\":\"INFO\",\"message\":\"added grade T1\",\"keys\":{\"student\":\"1\"},\"sequence\":7}\n"
            + "{\"time\":\"2026-11-22T09:15:31Z\",\"service\":\"WebService\",\"message\":\"<script>\\u0007\","
            + "\"error\":\"stack <trace>\"}\n";

    @Test
    void givenExtendedRegistry_whenShown_thenInstancesHealthAndMissingServices() throws Exception {
        try (var portal = PortalTestbed.withRegistry(servicesRoutes(SERVICES))) {
            var page = portal.get("/system");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.rows())
                    .containsSubsequence(
                            List.of("http://localhost:8081", "▲ suspect no response yet", "LogService", "10 min ago"),
                            List.of(
                                    "http://localhost:8080 p1",
                                    "● passing answered 2 s ago",
                                    "LogService, GradingService",
                                    "30 s ago"));
            assertThat(page.text())
                    .contains("There is no LogService , which GradingService, PortalService requires.")
                    .contains("✕ no instances");
            assertThat(page.html()).contains("<path class=\"arrow broken\"");
            assertThat(portal.get("/").text()).contains("There is no log service at the moment");
        }
    }

    @Test
    void givenLogService_whenShown_thenLatestLinesNewestFirst() throws Exception {
        try (var portal = PortalTestbed.withRegistry(servicesRoutes("[]"))) {
            portal.start(
                    ServiceName.LOG,
                    Routes.NONE.get(
                            "/log",
                            request -> request.header("Accept").orElse("").equals("application/x-ndjson")
                                            && request.queryNumber("limit", 0, 1, 100) == 20
                                    ? Response.text(200, "application/x-ndjson", LOG)
                                    : Response.empty(400)));

            var page = portal.get("/");

            assertThat(page.rows())
                    .containsSubsequence(
                            List.of("09:15:31.000", "–", "WebService", "<script>␇ Stack trace stack <trace>"),
                            List.of("09:15:30.123", "INFO", "GradingService", "added grade T1 student=1"));
            assertThat(page.text()).contains("No service is registered");
            assertThat(page.html()).doesNotContain("<script>", "<trace>");
        }
    }

    @Test
    void givenPlainRegistryAndLogService_whenShown_thenNoteAndKnownProviders() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            var log = portal.start(ServiceName.LOG, Routes.NONE.post("/log", request -> Response.empty(200)));

            var page = portal.get("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text())
                    .contains("This registry doesn't list its registrations (it answered 405)")
                    .contains("LogService at http://127.0.0.1:" + log.port())
                    .contains("This log service takes records and doesn't give them out (it answered 405)");
        }
    }

    @Test
    void givenNoServiceResponds_whenShown_thenPageExplainsIt() throws Exception {
        try (var portal = PortalTestbed.alone()) {
            portal.stopRegistry();
            portal.start(ServiceName.LOG, Routes.NONE).close();

            var page = portal.get("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains("The registry does not answer", "The log service does not answer");
        }
    }

    @Test
    void givenGarbageAndFailures_whenShown_thenPageExplainsThem() throws Exception {
        try (var portal = PortalTestbed.withRegistry(servicesRoutes("{\"not\":\"a list\"}"))) {
            portal.start(ServiceName.LOG, Routes.NONE.get("/log", r -> Response.text(500, "text/plain", "disk full")));

            var page = portal.get("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text())
                    .contains("The registry's answer can't be read")
                    .contains("The log service can't give its lines. It answered 500: disk full");
        }
    }

    @Test
    void givenService_whenShown_thenInstancesMetadataMetricsAndLines() throws Exception {
        try (var portal = PortalTestbed.withRegistry(servicesRoutes(SERVICES))) {
            var page = portal.get("/system/PortalService");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.heading()).isEqualTo("PortalService");
            assertThat(page.text())
                    .contains("1 passing. Requires: GradingService, LogService.")
                    .contains("Version 0.1.0")
                    .contains("There is no log service at the moment");
        }
    }

    @Test
    void givenOpenPage_whenRegistryNotifiesChange_thenChangedPartsAreSent() throws Exception {
        var watch = new CompletableFuture<LiveStream>();
        var routes = servicesRoutes(SERVICES)
                .get("/services/watch", request -> Response.live("text/event-stream", 1 << 20, watch::complete));
        try (var portal = PortalTestbed.withRegistry(routes)) {
            portal.get("/system");
            var events = portal.follow("/system/live");
            awaitLine(events, "no instances");
            var change =
                    "{\"Revision\":9,\"Time\":\"2026-11-22T09:15:36Z\",\"Kind\":\"passing\",\"Reason\":\"answers <b>\","
                            + "\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000\",\"Health\":\"passing\"}";

            watch.get(30, TimeUnit.SECONDS)
                    .offer(("event: change\nid: e:9\ndata: " + change + "\n\n").getBytes(StandardCharsets.UTF_8));

            awaitLine(events, "http://localhost:4000", "answers &lt;b&gt;");
        }
    }

    @Test
    void givenThousandInstances_whenShown_thenThoseNeedingAttentionFirst() throws Exception {
        var services = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"ServiceName\":\"Many\",\"ServiceURL\":\"http://localhost:" + (10_000 + i)
                        + "\",\"Health\":\"" + (i == 777 ? "suspect\",\"Reason\":\"answered 404 <b>" : "passing")
                        + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        try (var portal = PortalTestbed.withRegistry(servicesRoutes(services))) {
            var page = portal.get("/system");
            var service = portal.get("/system/Many?page=10");

            assertThat(page.html().length()).isLessThan(50_000);
            assertThat(page.text())
                    .contains(
                            "answered 404 <b>",
                            "▲ 1 suspect",
                            "● 999 passing",
                            "All 1000 instances of Many",
                            "●999 ▲1");
            assertThat(page.rows().get(1)).first().asString().contains("http://localhost:10777");
            assertThat(service.text()).contains("901–1000 of 1000 instances", "http://localhost:10999");
            assertThat(service.rows()).hasSize(1 + 100);
        }
    }

    @Test
    void givenHealthReasonsOfRegistry_whenShown_thenInItsOwnWords() throws Exception {
        var routes = servicesRoutes("[]")
                .get(
                        "/health",
                        request -> Response.text(
                                200,
                                "application/json",
                                "{\"status\":\"degraded\",\"reasons\":[\"900 of 1000 <b>fail</b>\"]}"));
        try (var portal = PortalTestbed.withRegistry(routes)) {
            assertThat(portal.get("/system").text()).contains("The registry reports 900 of 1000 <b>fail</b>");
        }
    }

    /** Waits until a line contains these texts. */
    private static void awaitLine(BlockingQueue<String> lines, String... texts) throws InterruptedException {
        while (true) {
            var line = lines.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("a line with " + List.of(texts)).isNotNull();
            if (List.of(texts).stream().allMatch(line::contains)) {
                return;
            }
        }
    }

    private static Routes servicesRoutes(String json) {
        return Routes.NONE.get("/services", request -> Response.text(200, "application/json", json));
    }
}
