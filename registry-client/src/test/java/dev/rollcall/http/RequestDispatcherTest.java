package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.testkit.RawConnection;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

final class RequestDispatcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final CapturedLog logged = CapturedLog.of(RequestDispatcher.class);
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final CountDownLatch laterAsked = new CountDownLatch(1);
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        host = HttpHost.onFreePort(Routes.NONE
                .get("/ok", request -> Response.json(200, List.of(1, 2)))
                .get("/empty", request -> Response.empty(200))
                .get("/no-bytes", request -> Response.text(200, "text/plain", ""))
                .get("/other", request -> Response.seeOther("/ok"))
                .get(
                        "/headers",
                        request -> Response.empty(200).with("X-One", "1").with("X-One", "2"))
                .get("/forged", request -> Response.empty(200).with("Location", "/x\r\nSet-Cookie: a=b"))
                .get("/exception", request -> {
                    throw new IllegalStateException("secret of the house");
                })
                .get("/io", request -> {
                    throw new IOException("secret of the disk");
                })
                .get("/error", request -> {
                    throw new AssertionError("secret of the house");
                })
                .get("/problem", request -> {
                    throw ProblemException.invalidFields(List.of(new Problem.FieldError("Score", "is a number")));
                })
                .get("/unavailable", request -> {
                    throw ProblemException.unavailable("not now");
                })
                .get("/later", request -> {
                    laterAsked.countDown();
                    return Response.later(later);
                })
                .get(
                        "/trace",
                        request -> Response.text(
                                200,
                                "text/plain",
                                request.trace().header() + " " + MDC.get("trace") + " " + MDC.get("span")))
                .get(
                        "/stream",
                        request -> Response.stream(200, "text/plain", out -> {
                            for (var i = 0; i < 100_000; i++) {
                                out.write("line\n".getBytes(StandardCharsets.UTF_8));
                            }
                        }))
                .get(
                        "/broken/{how}",
                        request -> Response.stream(200, "text/plain", out -> {
                            out.write("half of an answer".getBytes(StandardCharsets.UTF_8));
                            out.flush();
                            fail(request.pathValue("how"));
                        })));
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        // records logged after the response's end belong to this test too
        host.drain(LIMIT);
        host.close();
        logged.close();
    }

    private static void fail(String how) throws IOException {
        switch (how) {
            case "io" -> throw new IOException("disk");
            case "exception" -> throw new IllegalStateException("code");
            default -> throw new AssertionError("worse");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exception", "/error", "/io", "/forged"})
    void givenHandlerThatFails_whenAsked_then500WithRequestIdAndNothingOfTheInside(String path) throws Exception {
        var response = client.get(path);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain("secret", "Exception", "dev.rollcall", "\tat");
        var problem = Json.read(response.body(), Problem.class);
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.requestId()).matches("[0-9a-f]{16}");
        assertThat(logged.events()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy()).isNotNull();
            assertThat(event.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(pair.value).isEqualTo(problem.requestId()));
            assertThat(event.getMDCPropertyMap()).containsEntry("span", problem.requestId());
        });
    }

    @Test
    void givenFailure_whenAskedAgainOnTheSameConnection_thenTheServerGoesOn() throws Exception {
        client.get("/exception");

        var response = client.get("/ok");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[1,2]");
    }

    @Test
    void givenCallersMistake_whenAsked_thenTheProblemAndNothingIsLogged() throws Exception {
        var response = client.get("/problem");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"title\":\"Invalid fields\",\"status\":400,\"detail\":\"Score is a number\","
                        + "\"errors\":[{\"field\":\"Score\",\"detail\":\"is a number\"}]}");
        assertThat(logged.events()).isEmpty();
    }

    @Test
    void givenUnavailable_whenAsked_then503WithRetryAfter() throws Exception {
        var response = client.get("/unavailable");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/empty", "/no-bytes", "/headers"})
    void givenEmptyAnswer_whenSent_thenLengthZeroAndTheConnectionGoesOn(String path) throws Exception {
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            var head = connection.readHead();
            connection.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n");
            var next = connection.readHead();

            assertThat(head)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nContent-Length: 0\r\n")
                    .doesNotContainIgnoringCase("Transfer-Encoding");
            assertThat(next).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nContent-Length: 5\r\n");
        }
    }

    @Test
    void givenSeeOther_whenSent_then303WithLocationAndNoBody() throws Exception {
        var response = client.get("/other");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/ok");
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
    }

    @Test
    void givenHeaderTwice_whenSent_thenBoth() throws Exception {
        assertThat(client.get("/headers").headers().allValues("X-One")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void givenParkedAnswer_whenCompletedByAnotherThread_thenSentAndCountedUntilThen() throws Exception {
        var waiting = client.sendAsync(client.request("/later"));
        assertThat(laterAsked.await(30, TimeUnit.SECONDS)).isTrue();
        Eventually.holds("the request is parked", LIMIT, () -> host.stats().inFlight() == 1);
        var other = client.get("/ok");

        new Thread(() -> later.complete(Response.text(200, "text/plain", "at last"))).start();

        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("at last");
        assertThat(other.statusCode()).isEqualTo(200);
        Eventually.holds("nothing is in flight", LIMIT, () -> host.stats().inFlight() == 0);
    }

    @Test
    void givenParkedAnswer_whenItFailsWithAProblem_thenTheProblem() throws Exception {
        var waiting = client.sendAsync(client.request("/later"));
        assertThat(laterAsked.await(30, TimeUnit.SECONDS)).isTrue();

        later.completeExceptionally(new CompletionException(ProblemException.notFound("no more")));

        assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
        assertThat(logged.events()).isEmpty();
    }

    @Test
    void givenParkedAnswer_whenItFails_then500LoggedWithItsTrace() throws Exception {
        var waiting = client.sendAsync(
                client.request("/later").header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        assertThat(laterAsked.await(30, TimeUnit.SECONDS)).isTrue();

        later.completeExceptionally(new IllegalStateException("secret"));

        var response = waiting.get(30, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret");
        assertThat(logged.events())
                .singleElement()
                .satisfies(event -> assertThat(event.getMDCPropertyMap()).containsEntry("trace", TRACE));
    }

    @Test
    void givenStream_whenAsked_thenWholeAndInChunks() throws Exception {
        var response = client.get("/stream");

        assertThat(response.body()).hasSize(500_000).startsWith("line\n").endsWith("line\n");
        assertThat(response.headers().firstValue("Transfer-Encoding")).contains("chunked");
    }

    @Test
    void givenStream_whenAskedForItsHead_thenNothingIsWritten() throws Exception {
        var response = client.send("HEAD", "/broken/io");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io", "exception", "error"})
    void givenStreamThatFailsMidway_whenRead_thenTheClientSeesThatItIsBroken(String how) {
        assertThatThrownBy(() -> client.get("/broken/" + how)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io", "exception", "error"})
    void givenStreamThatFailsMidway_whenReadRaw_thenTheLastChunkIsMissing(String how) throws Exception {
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET /broken/" + how + " HTTP/1.1\r\nHost: x\r\n\r\n");

            var all = connection.readToEnd();

            assertThat(all).contains("half of an answer").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void givenTraceparent_whenAsked_thenTheTraceGoesOnWithASpanOfOurOwn() throws Exception {
        var response =
                client.send(client.request("/trace").header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));

        assertThat(response.body())
                .matches("00-" + TRACE + "-([0-9a-f]{16})-01 " + TRACE + " \\1")
                .doesNotContain("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void givenNoUsableTraceparent_whenAsked_thenATraceBegins(String header) throws Exception {
        var request = client.request("/trace");

        var response = client.send(header.isEmpty() ? request : request.header("traceparent", header));

        assertThat(response.body())
                .matches("00-([0-9a-f]{32})-([0-9a-f]{16})-00 \\1 \\2")
                .doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void givenAnswers_whenCounted_thenByStatusWithTheirTime() throws Exception {
        client.get("/ok");
        client.get("/ok");
        client.get("/problem");
        client.get("/nothing");
        client.get("/error");

        Eventually.holds(
                "all are counted",
                LIMIT,
                () -> host.stats().responses().values().stream()
                                .mapToLong(n -> n)
                                .sum()
                        == 5);
        assertThat(host.stats().responses())
                .containsOnly(Map.entry(200, 2L), Map.entry(400, 1L), Map.entry(404, 1L), Map.entry(500, 1L));
        assertThat(host.stats().responseNanos()).isPositive();
    }

    @Test
    void givenCallerThatLeaves_whenAnswered_thenItIsNoError() throws Exception {
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(laterAsked.await(30, TimeUnit.SECONDS)).isTrue();
        }

        later.complete(Response.stream(200, "text/plain", out -> {
            for (var i = 0; i < 10_000; i++) {
                out.write(new byte[1_000]);
            }
        }));

        Eventually.holds("nothing is in flight", LIMIT, () -> host.stats().inFlight() == 0);
        assertThat(logged.events()).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
        assertThat(client.get("/ok").statusCode()).isEqualTo(200);
    }
}
