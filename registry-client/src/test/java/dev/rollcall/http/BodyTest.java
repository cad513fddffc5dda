package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.testkit.RawConnection;
import dev.rollcall.wire.Patch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyTest {
    private static final int MAX = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger taken = new AtomicInteger();
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        host = HttpHost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new ServerLimits(MAX, 4, 100));
        host.start(Routes.NONE
                .post("/length", request -> {
                    var length = request.body().length;
                    taken.incrementAndGet();
                    return Response.text(200, "text/plain", Integer.toString(length));
                })
                .post("/unread", request -> Response.text(200, "text/plain", "not read"))
                .post(
                        "/text",
                        request -> Response.text(200, "text/plain", request.contentType() + ": " + request.text()))
                .post(
                        "/form",
                        request ->
                                Response.text(200, "text/plain", request.form().toString()))
                .post("/json", request -> Response.json(200, request.json(Patch.class))));
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"0,200", "1,200", "999,200", "1000,200", "1001,413", "50000,413"})
    void givenBodyOfKnownLength_whenSent_thenTheLimitIsTheLastThatIsTaken(int length, int status) throws Exception {
        var response = client.send(client.request("/length").POST(BodyPublishers.ofByteArray(new byte[length])));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(taken).hasValue(status == 200 ? 1 : 0);
        if (status == 200) {
            assertThat(response.body()).isEqualTo(Integer.toString(length));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,200", "999,200", "1000,200", "1001,413", "50000,413"})
    void givenBodyOfUnknownLength_whenSent_thenTheLimitHoldsWhileReading(int length, int status) throws Exception {
        var response = client.send(client.request("/length").POST(chunked(new byte[length])));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(taken).hasValue(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"0,200", "1000,200", "1001,413", "10000000,413"})
    void givenGzip_whenSent_thenTheLimitHoldsAfterDecompression(int length, int status) throws Exception {
        var small = gzip(new byte[length]);

        var response = client.send(
                client.request("/length").header("Content-Encoding", "gzip").POST(chunked(small)));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(taken).hasValue(status == 200 ? 1 : 0);
    }

    @Test
    void givenLengthAboveTheLimit_whenOnlyTheHeadIsSent_thenRefusedAtOnceAndClosed() throws Exception {
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");

            var head = connection.readHead();

            assertThat(head).startsWith("HTTP/1.1 413 ").containsIgnoringCase("Connection: close");
            assertThat(taken).hasValue(0);
        }
    }

    @Test
    void givenBodyLargerThanAllBuffersAndUnread_whenAnswered_thenTheAnswerIsNotResetOnItsWay() throws Exception {
        var large = new byte[3_000_000];

        for (var i = 0; i < 20; i++) {
            var refused = client.send(client.request("/length").POST(BodyPublishers.ofByteArray(large)));
            var unread = client.send(client.request("/unread").POST(BodyPublishers.ofByteArray(large)));
            var lost = client.send(client.request("/nothing").POST(BodyPublishers.ofByteArray(large)));

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(unread.body()).isEqualTo("not read");
            assertThat(lost.statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "gzip, gzip", "nonsense"})
    void givenUnknownCoding_whenSent_then415(String coding) throws Exception {
        var response = client.send(
                client.request("/length").header("Content-Encoding", coding).POST(BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "IDENTITY"})
    void givenIdentity_whenSent_thenTakenAsItIs(String coding) throws Exception {
        var response = client.send(
                client.request("/length").header("Content-Encoding", coding).POST(BodyPublishers.ofString("four")));

        assertThat(response.body()).isEqualTo("4");
    }

    @Test
    void givenBrokenGzip_whenSent_then400() throws Exception {
        var whole = gzip("some text to be compressed".getBytes());
        var flipped = whole.clone();
        flipped[whole.length - 6] ^= 1;
        var bodies = new byte[][] {
            {}, "plain".getBytes(), Arrays.copyOf(whole, 5), Arrays.copyOf(whole, whole.length - 3), flipped
        };

        for (var body : bodies) {
            var response = client.send(client.request("/length")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(body)));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("gzip");
        }
        assertThat(taken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\nonly a part",
                "Transfer-Encoding: chunked\r\n\r\n64\r\nonly a part",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n",
            })
    void givenBodyThatEndsEarly_whenSent_thenTheCallerIsAtFaultAndNothingIsDone(String rest) throws Exception {
        try (var connection = RawConnection.to(host.port(), LIMIT)) {
            connection.send("POST /length HTTP/1.1\r\nHost: x\r\n" + rest).endOfSending();

            var head = connection.readHead();

            assertThat(head).startsWith("HTTP/1.1 400 ");
            assertThat(taken).hasValue(0);
        }
    }

    @Test
    void givenExpectContinue_whenSent_thenTheBodyIsAskedFor() throws Exception {
        var response =
                client.send(client.request("/length").expectContinue(true).POST(BodyPublishers.ofString("12345")));

        assertThat(response.body()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, text/plain",
        "Application/JSON, application/json",
        "'application/x-ndjson; charset=utf-8', application/x-ndjson",
        "'text/plain ;q=1', text/plain",
    })
    void givenContentType_whenAsked_thenLowerCaseWithoutParameters(String sent, String type) throws Exception {
        var response = client.post("/text", sent, "é");

        assertThat(response.body()).isEqualTo(type + ": é");
    }

    @Test
    void givenForm_whenRead_thenDecodedAndTheFirstOfOneName() throws Exception {
        var response = client.post(
                "/form", "application/x-www-form-urlencoded", "Title=a+b%26c&Score=85.5&Score=1&empty=&alone");

        assertThat(response.body()).isEqualTo("{Title=a b&c, Score=85.5, empty=, alone=}");
    }

    @Test
    void givenBrokenForm_whenRead_then400() throws Exception {
        var response = client.post("/form", "application/x-www-form-urlencoded", "Title=%zz");

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"Added\":7}"})
    void givenBrokenJson_whenRead_then400SaysWhere(String json) throws Exception {
        var response = client.post("/json", "application/json", json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).startsWith("{\"title\":\"Bad request\",\"status\":400,\"detail\":\"");
    }

    private static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
