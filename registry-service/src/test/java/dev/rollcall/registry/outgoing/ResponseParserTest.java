package dev.rollcall.registry.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.client.MalformedResponseException;
import dev.rollcall.testkit.ResponseCases;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    @ParameterizedTest
    @MethodSource("dev.rollcall.testkit.ResponseCases#whole")
    void givenAResponseInPieces_whenItIsComplete_thenItsStatusIsKnown(ResponseCases.Whole given) throws Exception {
        assertWhole(given.bytes(), given.status(), given.isReusable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 OK~Content-Length: 5000~~", "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffff~"})
    void givenABodyBeyondTheBound_whenParsed_thenTheRestIsNotReadAndTheConnectionNotReused(String shape)
            throws Exception {
        assertWhole(shape.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII), 200, false);
    }

    private static void assertWhole(byte[] bytes, int status, boolean reusable) throws MalformedResponseException {
        for (var size = 1; size <= bytes.length; size++) {
            var reader = new ResponseParser();
            var done = false;
            for (var from = 0; from < bytes.length && !done; from += size) {
                done = reader.read(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
            }
            assertThat(done).as("in pieces of %d", size).isTrue();
            assertThat(reader.response().status()).isEqualTo(status);
            assertThat(reader.isReusable()).isEqualTo(reusable);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.testkit.ResponseCases#refused")
    void givenAMalformedResponse_whenParsed_thenItIsRefusedOrIncomplete(ResponseCases.Refused given) {
        var reader = new ResponseParser();
        boolean isWhole;
        try {
            isWhole = reader.read(ByteBuffer.wrap(given.bytes()));
        } catch (MalformedResponseException e) {
            isWhole = false;
        }
        assertThat(isWhole).isFalse();
    }

    @Test
    void givenAHeadWithoutEnd_whenParsed_thenItIsRefusedBeforeItFillsTheMemory() {
        var reader = new ResponseParser();
        var line = ("X: " + "y".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> {
                    reader.read(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII)));
                    for (var i = 0; i < 100; i++) {
                        reader.read(ByteBuffer.wrap(line));
                    }
                })
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void givenTheHeadersOfTheProtocol_whenParsed_thenTheyAreKept() throws MalformedResponseException {
        var reader = new ResponseParser();
        var text = "HTTP/1.1 503 Busy\r\nregistry-instance: abc\r\nRegistry-View: e:7\r\nRetry-After: 1\r\n"
                + "Content-Length: 0\r\n\r\n";

        reader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));

        assertThat(reader.response().instance()).contains("abc");
        assertThat(reader.response().view()).contains("e:7");
        assertThat(reader.response().hasRetryAfter()).isTrue();
    }
}
