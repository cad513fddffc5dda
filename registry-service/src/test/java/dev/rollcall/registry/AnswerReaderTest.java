package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.registry.AnswerReader.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP/1.1 200 OK~Content-Length: 0~~                                      | 200 | true
                    HTTP/1.1 200~content-length:0~~                                          | 200 | true
                    HTTP/1.1 200 OK~Content-Length: 5~~hello                                 | 200 | true
                    HTTP/1.1 409 Conflict~Content-Length: 0~Connection: close~~              | 409 | false
                    HTTP/1.0 200 OK~Content-Length: 0~~                                      | 200 | false
                    HTTP/1.1 204 No Content~~                                                | 204 | true
                    HTTP/1.1 304 Not Modified~Content-Length: 70~~                           | 304 | true
                    HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 0~~               | 200 | true
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~3;x=y~abc~0~~        | 200 | true
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~Trailer: x~~               | 200 | true
                    HTTP/1.1 200 OK~~                                                        | 200 | false
                    HTTP/1.1 302 Found~Location: http://elsewhere/~Content-Length: 0~~       | 302 | true
                    HTTP/1.1 200 OK~Content-Length: 5000~~                                   | 200 | false
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffff~                       | 200 | false
                    """)
    void givenAnAnswerInPieces_whenItIsWhole_thenItsStatusIsKnown(String shape, int status, boolean reusable)
            throws MalformedAnswerException {
        var bytes = shape.strip().replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);

        for (var size = 1; size <= bytes.length; size++) {
            var reader = new AnswerReader();
            var done = false;
            for (var from = 0; from < bytes.length && !done; from += size) {
                done = reader.read(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
            }
            assertThat(done).as("in pieces of %d", size).isTrue();
            assertThat(reader.answer().status()).isEqualTo(status);
            assertThat(reader.isReusable()).isEqualTo(reusable);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.1 abc OK\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1e9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void givenSomethingElse_whenItIsRead_thenItIsRefused(String text) {
        var reader = new AnswerReader();

        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void givenAHeadWithoutEnd_whenItIsRead_thenItIsRefusedBeforeItFillsTheMemory() {
        var reader = new AnswerReader();
        var line = ("X: " + "y".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> {
                    reader.read(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII)));
                    for (var i = 0; i < 100; i++) {
                        reader.read(ByteBuffer.wrap(line));
                    }
                })
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void givenTheHeadersOfTheProtocol_whenTheyAreRead_thenTheyAreKept() throws MalformedAnswerException {
        var reader = new AnswerReader();
        var text = "HTTP/1.1 503 Busy\r\nregistry-instance: abc\r\nRegistry-View: e:7\r\nRetry-After: 1\r\n"
                + "Content-Length: 0\r\n\r\n";

        reader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));

        assertThat(reader.answer().instance()).contains("abc");
        assertThat(reader.answer().view()).contains("e:7");
        assertThat(reader.answer().hasRetryAfter()).isTrue();
    }
}
