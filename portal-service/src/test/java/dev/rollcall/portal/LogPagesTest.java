package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.LiveStream;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogPagesTest {
    private static final String LINE = "{\"id\":\"12-3\",\"time\":\"2026-11-22T09:15:30.123Z\",\"service\":\"<b>Mine\","
            + "\"level\":\"WARN\",\"message\":\"<script>\\u0007 \\u202e 😀\",\"trace\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}";
    private static final String COUNTS = "{\"since\":\"2026-11-22T09:00:00Z\",\"until\":\"2026-11-22T10:00:00Z\","
            + "\"buckets\":[{\"since\":\"2026-11-22T09:00:00Z\",\"INFO\":4,\"WARN\":2,\"ERROR\":1}]}";

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final BlockingQueue<LiveStream> tails = new LinkedBlockingQueue<>();
    private PortalTestbed portal;

    @BeforeEach
    void start() throws Exception {
        portal = PortalTestbed.alone();
        portal.start(
                ServiceName.LOG,
                Routes.NONE
                        .get("/log", this::log)
                        .get("/log/counts", request -> Response.text(200, "application/json", COUNTS)));
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    private Response log(Request request) {
        queries.add(request.query("contains").orElse("") + "|"
                + request.query("around").orElse("") + "|"
                + request.header("Last-Event-ID").orElse("") + "|"
                + request.query("level").orElse(""));
        return request.query("follow").isPresent()
                ? Response.live("text/event-stream", 1 << 20, tails::add)
                : Response.text(200, "application/x-ndjson", LINE + "\n").with("Log-Cursor", "12-3");
    }

    @Test
    void givenSearch_whenShown_thenLinesHistogramAndOlderOnes() throws Exception {
        var page = portal.get("/logs?contains=%3Cx%3E&level=WARN");

        assertThat(queries).containsExactly("<x>|||WARN");
        assertThat(page.rows()).contains(List.of("09:15:30.123", "WARN", "<b>Mine", "<script>␇ \u202e 😀 its request"));
        assertThat(page.rows()).contains(List.of("2026-11-22 09:00:00", "1", "2", "4"));
        assertThat(page.field("contains")).isEqualTo("<x>");
        assertThat(page.links())
                .contains(
                        "/logs/12-3",
                        "/logs?trace=4bf92f3577b34da6a3ce929d0e0e4736",
                        "/logs?level=WARN&amp;contains=%3Cx%3E&amp;cursor=12-3");
        assertThat(page.html()).doesNotContain("<script>", "<b>");
    }

    @Test
    void givenNothingFound_whenSearched_thenNoteAndAdvice() throws Exception {
        try (var other = PortalTestbed.alone()) {
            other.start(ServiceName.LOG, Routes.NONE.get("/log", request -> Response.text(200, "text/plain", "")));

            var search = other.get("/logs?contains=x");
            var trace = other.get("/logs?trace=4bf92f3577b34da6a3ce929d0e0e4736");

            assertThat(search.text()).contains("No lines.").doesNotContain("look again");
            assertThat(trace.text()).contains("No lines.", "lines come within a second or so: look again");
            assertThat(trace.links()).contains("/logs?trace=4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    @Test
    void givenLine_whenItsPageIsShown_thenItIsMarkedAmongNeighbours() throws Exception {
        var page = portal.get("/logs/12-3");

        assertThat(queries).containsExactly("|12-3||");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("<tbody class=\"marked\">");
    }

    @Test
    void givenOpenPage_whenLinesArrive_thenSentInBatchesAndResumedAfterBreak() throws Exception {
        var events = portal.follow("/logs/live?level=WARN");
        var first = tails.poll(30, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        for (var i = 0; i < 200; i++) {
            first.offer(("id: 12-" + i + "\ndata: " + LINE + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        first.offer("event: missed\ndata: {\"missed\":1000}\n\n".getBytes(StandardCharsets.UTF_8));

        var shown = 0L;
        var skipped = 0L;
        while (shown + skipped < 1_200) {
            var line = events.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("an event within the limit").isNotNull();
            if (line.contains("\"html\"")) {
                shown += number(line, "count");
                skipped += number(line, "skipped");
                assertThat(line).doesNotContain("<script>");
            }
        }
        first.close();
        var second = tails.poll(30, TimeUnit.SECONDS);

        assertThat(skipped).isGreaterThanOrEqualTo(1_000);
        assertThat(second).isNotNull();
        assertThat(queries).endsWith("||12-199|WARN");
    }

    @Test
    void givenLogServiceWithoutFollow_whenFollowed_thenPageIsNotified() throws Exception {
        try (var other = PortalTestbed.alone()) {
            other.start(ServiceName.LOG, Routes.NONE.post("/log", request -> Response.empty(200)));

            var notified = new CompletableFuture<String>();
            var events = other.follow("/logs/live");
            while (!notified.isDone()) {
                var line = events.poll(30, TimeUnit.SECONDS);
                assertThat(line).isNotNull();
                if (line.startsWith("data:")) {
                    notified.complete(line);
                }
            }

            assertThat(notified.get()).isEqualTo("data: [\"unable\"]");
        }
    }

    private static long number(String json, String name) {
        return Long.parseLong(json.replaceAll(".*\"" + name + "\":(\\d+).*", "$1"));
    }
}
