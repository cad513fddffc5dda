package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.ResponseCases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static final URI FROM = URI.create("http://localhost/");
    private static final int BODY_MAX = 100;

    @ParameterizedTest
    @MethodSource("dev.rollcall.testkit.ResponseCases#whole")
    void givenAnAnswerInPieces_whenRead_thenItIsWhole(ResponseCases.Whole given) throws IOException {
        var bytes = given.bytes();

        for (var size = 1; size <= bytes.length; size++) {
            var reader = new ResponseReader(new ResponseInput(inPieces(bytes, size)), BODY_MAX);

            var clientResponse = reader.read(FROM);

            assertThat(clientResponse.status()).as("in pieces of %d", size).isEqualTo(given.status());
            assertThat(clientResponse.text()).as("in pieces of %d", size).isEqualTo(given.body());
            assertThat(reader.isReusable()).as("in pieces of %d", size).isEqualTo(given.isReusable());
        }
    }

    @Test
    void givenAnAnswerThatEndsWithItsConnection_whenRead_thenAllOfItIsTheBody() throws IOException {
        var bytes = bytes("HTTP/1.1 200 OK~~all that comes");

        var reader = new ResponseReader(new ResponseInput(new ByteArrayInputStream(bytes)), BODY_MAX);

        assertThat(reader.read(FROM).text()).isEqualTo("all that comes");
        assertThat(reader.isReusable()).isFalse();
    }

    @Test
    void givenMoreThanTheAnswer_whenRead_thenTheConnectionIsNotUsedAgain() throws IOException {
        var bytes = bytes("HTTP/1.1 200 OK~Content-Length: 2~~okHTTP/1.1 200 OK");

        var reader = new ResponseReader(new ResponseInput(new ByteArrayInputStream(bytes)), BODY_MAX);

        assertThat(reader.read(FROM).text()).isEqualTo("ok");
        assertThat(reader.isReusable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.testkit.ResponseCases#refused")
    void givenSomethingElse_whenRead_thenItIsRefused(ResponseCases.Refused given) {
        assertRefused(given.bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK~Content-Length: 101~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~65~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~7ffffffffffffff~"
            })
    void givenMoreThanIsTaken_whenRead_thenItIsRefused(String shape) {
        assertRefused(bytes(shape));
    }

    private static void assertRefused(byte[] bytes) {
        var reader = new ResponseReader(new ResponseInput(new ByteArrayInputStream(bytes)), BODY_MAX);

        assertThatThrownBy(() -> reader.read(FROM)).isInstanceOf(IOException.class);
        assertThat(reader.isReusable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK~", "HTTP/1.1 200 OK~~", "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~"})
    void givenAnAnswerWithoutEnd_whenRead_thenItIsRefusedBeforeItFillsTheMemory(String begin) {
        var endless = new InputStream() {
            private final byte[] head = bytes(begin);
            private final byte[] line = bytes("1~x~");
            private int at;

            @Override
            public int read() {
                var i = at++;
                return i < head.length ? head[i] : line[(i - head.length) % line.length];
            }
        };
        var reader = new ResponseReader(new ResponseInput(endless), BODY_MAX);

        assertThatThrownBy(() -> reader.read(FROM)).isInstanceOf(IOException.class);
        assertThat(endless.at).isLessThan(1 << 20);
    }

    @Test
    void givenHeaders_whenRead_thenTheyAreFoundInAnyCase() throws IOException {
        var bytes = bytes("HTTP/1.1 200 OK~ETAG:  \"7\" ~X-Two: a~x-two: b~Content-Length: 0~~");

        var clientResponse =
                new ResponseReader(new ResponseInput(new ByteArrayInputStream(bytes)), BODY_MAX).read(FROM);

        assertThat(clientResponse.header("etag")).contains("\"7\"");
        assertThat(clientResponse.header("X-TWO")).contains("a");
        assertThat(clientResponse.header("absent")).isEmpty();
    }

    private static byte[] bytes(String shape) {
        return shape.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream inPieces(byte[] bytes, int size) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(size, length));
            }
        };
    }
}
