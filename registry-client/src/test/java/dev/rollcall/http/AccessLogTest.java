package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.LoopbackClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-00";
    private static final Handler TRACED =
            request -> Response.text(200, "text/plain", request.trace().header());

    private final CapturedLog logged = CapturedLog.of(AccessLog.class);
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        host = HttpHost.onFreePort(Routes.NONE
                .get("/page", TRACED)
                .get("/other", TRACED)
                .get("/heartbeat", TRACED)
                .get("/health", TRACED)
                .get("/metrics", TRACED)
                .get("/log", TRACED)
                .get("/later", request -> Response.later(CompletableFuture.completedFuture(Response.empty(200))))
                .post("/services", TRACED)
                .post("/log", TRACED)
                .post("/page", request -> {
                    throw ProblemException.badRequest("no");
                })
                .sampling(path -> !path.equals("/other")));
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        host.close();
        logged.close();
    }

    @Test
    void givenAPathThatPeopleAskFor_whenAnswered_thenItsLineHasTheTrace() throws Exception {
        var header = client.get("/page?q=secret").body();

        var line = onlyLine();
        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(line.getFormattedMessage()).isEqualTo("GET /page");
        assertThat(line.getMDCPropertyMap()).containsEntry("trace", header.substring(3, 35));
        assertThat(line.getKeyValuePairs()).hasSize(2);
        assertThat(line.getKeyValuePairs().get(0)).hasToString("status=\"200\"");
        assertThat(line.getKeyValuePairs().get(1).toString()).matches("ms=\"\\d+\\.\\d\"");
        assertThat(header).endsWith("-01");
    }

    @Test
    void givenARefusal_whenAnswered_thenItsLineHasTheStatus() throws Exception {
        client.post("/page", "text/plain", "x");

        assertThat(onlyLine().getKeyValuePairs().get(0)).hasToString("status=\"400\"");
    }

    @Test
    void givenAnAnswerThatComesLater_whenItIsSent_thenItHasItsLine() throws Exception {
        traced("/later", SAMPLED);

        assertThat(onlyLine().getMDCPropertyMap()).containsEntry("trace", TRACE);
    }

    @Test
    void givenASampledTrace_whenItGoesOnAtAnyPath_thenThereIsALine() throws Exception {
        assertThat(traced("/other", SAMPLED).body()).startsWith("00-" + TRACE).endsWith("-01");

        assertThat(onlyLine().getMDCPropertyMap()).containsEntry("trace", TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/heartbeat", "/health", "/metrics", "/log"})
    void givenWhatServicesAskEachOther_whenAnswered_thenThereIsNoLine(String path) throws Exception {
        assertThat(client.get(path).body()).endsWith("-00");
        traced(path, SAMPLED);

        assertNoLine();
    }

    @Test
    void givenRecordsAndPatches_whenTheyCome_thenThereIsNoLine() throws Exception {
        client.post("/log", "text/plain", "x");
        client.post("/services", "text/plain", "x");

        assertNoLine();
    }

    @Test
    void givenATraceThatIsNotSampled_whenAnswered_thenThereIsNoLine() throws Exception {
        assertThat(traced("/page", NOT_SAMPLED).body()).endsWith("-00");
        assertThat(client.get("/other").body()).endsWith("-00");

        assertNoLine();
    }

    @Test
    void givenMoreRequestsThanPeopleMake_whenAnswered_thenOnlySomeOfThemAreSampled() throws Exception {
        var begin = System.nanoTime();
        var sampled = 0;
        for (var i = 0; i < 1_000; i++) {
            sampled += client.get("/page").body().endsWith("-01") ? 1 : 0;
        }
        var seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);

        assertThat(sampled).isGreaterThanOrEqualTo(50).isLessThanOrEqualTo((int) (51 + 50 * seconds));
    }

    private HttpResponse<String> traced(String path, String traceparent) throws Exception {
        return client.send(client.request(path).header(TraceContext.HEADER, traceparent));
    }

    /** The next request's line is the first one. */
    private void assertNoLine() throws Exception {
        traced("/page", SAMPLED);

        assertThat(onlyLine().getFormattedMessage()).isEqualTo("GET /page");
    }

    private ILoggingEvent onlyLine() throws InterruptedException {
        Eventually.holds("a line", LIMIT, () -> !logged.events().isEmpty());
        assertThat(List.copyOf(logged.events())).hasSize(1);
        return logged.events().get(0);
    }
}
