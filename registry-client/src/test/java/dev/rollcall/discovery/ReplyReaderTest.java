package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static final URI FROM = URI.create("http://localhost/");
    private static final int BODY_MAX = 100;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP/1.1 200 OK~Content-Length: 5~~hello                                 | 200 | hello    | true
                    HTTP/1.1 200~content-length:0~~                                          | 200 | ''       | true
                    HTTP/1.1 404 Not Found~Content-Length: 3~Connection: Close~~no.          | 404 | no.      | false
                    HTTP/1.1 200 OK~Content-Length: 2~Connection: x, close~~ok               | 200 | ok       | false
                    HTTP/1.0 200 OK~Content-Length: 2~~ok                                    | 200 | ok       | false
                    HTTP/1.1 204 No Content~~                                                | 204 | ''       | true
                    HTTP/1.1 304 Not Modified~Content-Length: 70~ETag: "7"~~                 | 304 | ''       | true
                    HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 2~~ok             | 200 | ok       | true
                    HTTP/1.1 103 Early Hints~Link: x~~HTTP/1.1 200 OK~Content-Length: 2~~ok  | 200 | ok       | true
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~3;x=y~abc~0~~        | 200 | helloabc | true
                    HTTP/1.1 200 OK~Transfer-Encoding: Chunked~~A~0123456789~0~Trailer: x~~  | 200 | 0123456789 | true
                    HTTP/1.1 200 OK~Content-Length: 9~Transfer-Encoding: chunked~~2~ok~0~~   | 200 | ok       | false
                    HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 2~~ok                  | 200 | ok       | true
                    HTTP/1.1 200 OK~~all that comes                                          | 200 | all that comes | false
                    HTTP/1.1 302 Found~Location: http://elsewhere/~Content-Length: 0~~       | 302 | ''       | true
                    HTTP/1.1 200 OK~Content-Length: 2~~okHTTP/1.1 200 OK                     | 200 | ok       | false
                    """)
    void givenAnAnswerInPieces_whenRead_thenItIsWhole(String shape, int status, String body, boolean reusable)
            throws IOException {
        var bytes = bytes(shape.strip());

        for (var size = 1; size <= bytes.length; size++) {
            var in = new ReplyInput(inPieces(bytes, size));
            var reader = new ReplyReader(in, BODY_MAX);

            var reply = reader.read(FROM);

            assertThat(reply.status()).as("in pieces of %d", size).isEqualTo(status);
            assertThat(reply.text()).as("in pieces of %d", size).isEqualTo(body);
            // what came too much is known only if it came with the rest
            assertThat(reader.isReusable() && in.read() < 0).isEqualTo(reusable);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK~Content-Length: 5~",
                "HTTP/1.1 200 OK~Content-Length: 5~~hell",
                "HTTP/1.1 200 OK~Content-Length: 101~~",
                "HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~",
                "HTTP/1.1 200 OK~Content-Length: -1~~",
                "HTTP/1.1 200 OK~Content-Length: +1~~x",
                "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~xy",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hell",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello!~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~7fffffffffffffff~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-1~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~xyz~",
                "HTTP/1.1 101 Switching Protocols~~",
                "HTTP/1.1 abc OK~~",
                "HTTP/2 200 OK~~",
                "SSH-2.0-OpenSSH_9.2~",
                "HTTP/1.1 200 OK~no colon~~"
            })
    void givenSomethingElse_whenRead_thenItIsRefused(String shape) {
        var reader = new ReplyReader(new ReplyInput(new ByteArrayInputStream(bytes(shape))), BODY_MAX);

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
        var reader = new ReplyReader(new ReplyInput(endless), BODY_MAX);

        assertThatThrownBy(() -> reader.read(FROM)).isInstanceOf(IOException.class);
        assertThat(endless.at).isLessThan(1 << 20);
    }

    @Test
    void givenHeaders_whenRead_thenTheyAreFoundInAnyCase() throws IOException {
        var bytes = bytes("HTTP/1.1 200 OK~ETAG:  \"7\" ~X-Two: a~x-two: b~Content-Length: 0~~");

        var reply = new ReplyReader(new ReplyInput(new ByteArrayInputStream(bytes)), BODY_MAX).read(FROM);

        assertThat(reply.header("etag")).contains("\"7\"");
        assertThat(reply.header("X-TWO")).contains("a");
        assertThat(reply.header("absent")).isEmpty();
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
