package dev.rollcall.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * HTTP/1.1 responses and the required results of every reader: one table for all, so that none is less strict than
 * another.
 */
public final class ResponseCases {
    private static final String CHUNKED = "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~";

    private static final List<Whole> WHOLE = List.of(
            new Whole("HTTP/1.1 200 OK~Content-Length: 5~~hello", 200, "hello", true),
            new Whole("HTTP/1.1 200~content-length:0~~", 200, "", true),
            new Whole("HTTP/1.1 200 ~CONTENT-LENGTH: 2 ~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK^Content-Length: 2^^ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~Content-Length: 002~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~X:~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~X:\ta\tb~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 O\u001bK~X: a\u007fb\u0001\u00fc~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 404 Not Found~Content-Length: 3~Connection: Close~~no.", 404, "no.", false),
            new Whole("HTTP/1.1 200 OK~Content-Length: 2~Connection: x, close~~ok", 200, "ok", false),
            new Whole("HTTP/1.1 200 OK~Content-Length: 2~Connection: keep-alive~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~Content-Length: 2~Connection: closed~~ok", 200, "ok", true),
            new Whole("HTTP/1.0 200 OK~Content-Length: 2~~ok", 200, "ok", false),
            new Whole("HTTP/1.1 204 No Content~~", 204, "", true),
            new Whole("HTTP/1.1 204 No Content~Content-Length: 5~~", 204, "", true),
            new Whole("HTTP/1.1 304 Not Modified~Content-Length: 70~ETag: \"7\"~~", 304, "", true),
            new Whole("HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 103 Hints~Content-Length: 9~~HTTP/1.1 200 OK~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 103 Hints~Transfer-Encoding: x~~HTTP/1.1 204 No~~", 204, "", true),
            new Whole(CHUNKED + "5~hello~3;x=y~abc~0~~", 200, "helloabc", true),
            new Whole(CHUNKED + "A \t~0123456789~00~Trailer: x~~", 200, "0123456789", true),
            new Whole("HTTP/1.1 200 OK~transfer-encoding: Chunked~~2~ok~0~~", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~Content-Length: 9~Transfer-Encoding: chunked~~2~ok~0~~", 200, "ok", false),
            new Whole("HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 2~~ok", 200, "ok", true),
            new Whole("HTTP/1.1 200 OK~~", 200, "", false),
            new Whole("HTTP/1.1 302 Found~Location: http://elsewhere/~Content-Length: 0~~", 302, "", true));

    private static final List<String> REFUSED = List.of(
            "HTTP/1.1 200 OK~Content-Length: 5~",
            "HTTP/1.1 200 OK~Content-Length: 5~~hell",
            "HTTP/1.1 200 OK~Content-Length: +5~~hello",
            "HTTP/1.1 200 OK~Content-Length: -1~~",
            "HTTP/1.1 200 OK~Content-Length: 5, 5~~hello",
            "HTTP/1.1 200 OK~Content-Length: 0x5~~hello",
            "HTTP/1.1 200 OK~Content-Length: 1e1~~hello",
            "HTTP/1.1 200 OK~Content-Length: 5.0~~hello",
            "HTTP/1.1 200 OK~Content-Length: 5 5~~hello",
            "HTTP/1.1 200 OK~Content-Length:~~",
            "HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~",
            "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~xy",
            "HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 1~~xy",
            "HTTP/1.1 204 No~Content-Length: x~~",
            "HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~0~~",
            "HTTP/1.1 200 OK~Transfer-Encoding: gzip~Transfer-Encoding: chunked~~0~~",
            "HTTP/1.1 200 OK~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~",
            "HTTP/1.1 200 OK~Transfer-Encoding: identity~~ok",
            "HTTP/1.1 200 OK~Transfer-Encoding: xchunked~~0~~",
            "HTTP/1.1 200 OK~Transfer-Encoding:~~0~~",
            CHUNKED + "5~hell",
            CHUNKED + "5~hello!~0~~",
            CHUNKED + "5~helloX~0~~",
            CHUNKED + "5~hello",
            CHUNKED + "5~hello~",
            CHUNKED + "5^hello~0~~",
            CHUNKED + "5~hello^0~~",
            CHUNKED + "0^^",
            CHUNKED + "0~",
            CHUNKED + "0~no colon~~",
            CHUNKED + "-1~",
            CHUNKED + "+1~x~0~~",
            CHUNKED + " 1~x~0~~",
            CHUNKED + "0x1~x~0~~",
            CHUNKED + "xyz~",
            CHUNKED + "~0~~",
            CHUNKED + ";x=y~0~~",
            CHUNKED + "1;\u0001~x~0~~",
            CHUNKED + "ffffffffffffffff~",
            CHUNKED + "fffffffffffffffffffffff~",
            "HTTP/1.1 101 Switching Protocols~~",
            "HTTP/1.1 099 OK~~",
            "HTTP/1.1 600 OK~~",
            "HTTP/1.1 20 OK~~",
            "HTTP/1.1 2000 OK~~",
            "HTTP/1.1 200OK~~",
            "HTTP/1.1  200 OK~~",
            "HTTP/1.1 +20 OK~~",
            "HTTP/1.1 abc OK~~",
            "HTTP/1.12 200 OK~~",
            "HTTP/1.2 200 OK~~",
            "http/1.1 200 OK~~",
            "HTTP/2 200 OK~~",
            "~HTTP/1.1 200 OK~~",
            "SSH-2.0-OpenSSH_9.2~",
            "HTTP/1.1 200 OK~no colon~~",
            "HTTP/1.1 200 OK~: x~~",
            "HTTP/1.1 200 OK~Content-Length : 2~~ok",
            "HTTP/1.1 200 OK~X: a~ folded~Content-Length: 2~~ok",
            "HTTP/1.1 200 OK~X: a~\tfolded: b~Content-Length: 2~~ok",
            "HTTP/1.1 200 OK~X: a\rContent-Length: 2~~ok",
            "HTTP/1.1 200 OK~X: a\u0000b~Content-Length: 2~~ok",
            "HTTP/1.1 200 OK~X(y): a~Content-Length: 2~~ok",
            "HTTP/1.1 200 OK~" + "X: y~".repeat(30_000) + "~",
            "HTTP/1.1 200 OK~X: " + "y".repeat(100_000) + "~~",
            "HTTP/1.1 100 Continue~~".repeat(5_000),
            CHUNKED + "1;" + "x".repeat(20_000) + "~x~0~~",
            CHUNKED + "0~" + "X: y~".repeat(30_000) + "~");

    private ResponseCases() {}

    /** Responses that every reader accepts. */
    public static Stream<Whole> whole() {
        return WHOLE.stream();
    }

    /** Texts that no reader accepts as a whole response. */
    public static Stream<Refused> refused() {
        return REFUSED.stream().map(Refused::new);
    }

    private static byte[] bytesOf(String shape) {
        return shape.replace("~", "\r\n").replace("^", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(String shape) {
        var text = shape.length() > 100 ? shape.substring(0, 100) + "…" : shape;
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * A whole response.
     *
     * @param shape its text; {@code ~} is CR LF, {@code ^} a bare LF
     * @param body the body that a reader returns
     * @param isReusable whether its connection can carry another request
     */
    public record Whole(String shape, int status, String body, boolean isReusable) {
        /** Its bytes. */
        public byte[] bytes() {
            return bytesOf(shape);
        }

        @Override
        public String toString() {
            return shown(shape);
        }
    }

    /** A text that is no whole response, in the same shape. */
    public record Refused(String shape) {
        /** Its bytes. */
        public byte[] bytes() {
            return bytesOf(shape);
        }

        @Override
        public String toString() {
            return shown(shape);
        }
    }
}
