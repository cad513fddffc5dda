package dev.rollcall.discovery;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads answers to GET in HTTP/1.1 (RFC 9112), strictly and within bounds. One for each connection; not thread-safe.
 *
 * <p>A body ends where chunks or its length say so, otherwise with the connection.
 */
final class ReplyReader {
    private static final int HEAD_MAX = 65_536;
    private static final int CHUNK_LINE_MAX = 1_024;
    private static final int STATUS_LINE_MIN = 12;

    private final ReplyInput in;
    private final int bodyMax;
    private int headLeft;
    private boolean keeps;
    private boolean isWhole;

    ReplyReader(ReplyInput in, int bodyMax) {
        this.in = in;
        this.bodyMax = bodyMax;
    }

    /**
     * The next answer, informational ones passed over.
     *
     * @throws IOException if it is none, larger than allowed, or the connection ends within it
     */
    Reply read(URI from) throws IOException {
        headLeft = HEAD_MAX;
        isWhole = false;
        while (true) {
            var status = status();
            var headers = HttpHeaders.of(fields(), (name, value) -> true);
            if (status >= 200) {
                var body = body(status, headers);
                isWhole = true;
                return new Reply(from, status, headers, body);
            }
        }
    }

    /** Whether the connection can carry another request after the answer read last. */
    boolean isReusable() {
        return isWhole && keeps && !in.hasMore();
    }

    private int status() throws IOException {
        var line = headLine();
        if (!line.startsWith("HTTP/1.") || line.length() < STATUS_LINE_MIN || line.charAt(8) != ' ') {
            throw new IOException("it doesn't speak HTTP/1.1");
        }
        // of HTTP/1.0 nobody knows whether it keeps
        keeps = line.charAt(7) == '1';
        var status = number(line.substring(9, STATUS_LINE_MIN), 10);
        if (status < 100 || status == 101) {
            throw new IOException("its status is " + status);
        }
        return (int) status;
    }

    private Map<String, List<String>> fields() throws IOException {
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = headLine(); !line.isEmpty(); line = headLine()) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header has no colon");
            }
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    private byte[] body(int status, HttpHeaders headers) throws IOException {
        keeps &= headers.allValues("Connection").stream()
                .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
        var lengths = headers.allValues("Content-Length").stream().distinct().toList();
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        var coding = headers.allValues("Transfer-Encoding");
        if (!coding.isEmpty()) {
            // with a length beside it the two may not agree on where it ends (RFC 9112, 6.3)
            keeps &= lengths.isEmpty();
            if (coding.size() > 1 || !coding.get(0).equalsIgnoreCase("chunked")) {
                throw new IOException("its transfer coding is " + String.join(", ", coding));
            }
            return chunked();
        }
        if (lengths.isEmpty()) {
            keeps = false;
            var bytes = in.readNBytes(bodyMax);
            if (in.read() >= 0) {
                throw tooLarge();
            }
            return bytes;
        }
        if (lengths.size() > 1) {
            throw new IOException("it has several lengths");
        }
        return exactly(number(lengths.get(0), 10), bodyMax);
    }

    private byte[] chunked() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            var line = in.line(CHUNK_LINE_MAX);
            var end = line.indexOf(';');
            var size = number((end < 0 ? line : line.substring(0, end)).strip(), 16);
            if (size == 0) {
                break;
            }
            bytes.writeBytes(exactly(size, bodyMax - bytes.size()));
            if (!in.line(2).isEmpty()) {
                throw new IOException("a chunk is longer than it said");
            }
        }
        while (!headLine().isEmpty()) {
            // trailers tell nothing that is needed
        }
        return bytes.toByteArray();
    }

    private byte[] exactly(long length, int max) throws IOException {
        if (length > max) {
            throw tooLarge();
        }
        var bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the connection was closed before the answer was whole");
        }
        return bytes;
    }

    private IOException tooLarge() {
        return new IOException("the answer is larger than " + bodyMax + " bytes");
    }

    private String headLine() throws IOException {
        var line = in.line(headLeft);
        headLeft = Math.max(0, headLeft - line.length() - 2);
        return line;
    }

    private static long number(String text, int radix) throws IOException {
        try {
            // a sign is no digit here, though parseLong takes it
            if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
                return Long.parseLong(text, radix);
            }
        } catch (NumberFormatException e) {
            // told below, together with signs
        }
        throw new IOException("\"" + text + "\" is no number");
    }
}
