package dev.rollcall.discovery;

import dev.rollcall.http.client.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads HTTP/1.1 responses to GET, bounded and as strictly as {@link ResponseHead}. One per connection; not
 * thread-safe.
 */
final class ResponseReader {
    private static final int HEAD_MAX = 65_536;
    private static final int CHUNK_LINE_MAX = 1_024;

    private final ResponseInput in;
    private final int bodyMax;
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ResponseHead head = new ResponseHead((name, value) ->
            fields.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
    private int headLeft;
    private boolean isWhole;

    ResponseReader(ResponseInput in, int bodyMax) {
        this.in = in;
        this.bodyMax = bodyMax;
    }

    /**
     * Returns the next response; informational ones are skipped.
     *
     * @throws IOException if it is malformed or too large, or the connection ends within it
     */
    ClientResponse read(URI from) throws IOException {
        headLeft = HEAD_MAX;
        isWhole = false;
        head.begin();
        fields.clear();
        while (!head.acceptLine(headLine())) {
            // each line counts towards the bound of the head
        }
        var headers = HttpHeaders.of(fields, (name, value) -> true);
        var body = body();
        isWhole = true;
        return new ClientResponse(from, head.status(), headers, body);
    }

    /** Whether the connection can carry another request after the last response. */
    boolean isReusable() {
        return isWhole && head.keepsAlive() && !in.hasMore();
    }

    private byte[] body() throws IOException {
        return switch (head.framing()) {
            case NONE -> new byte[0];
            case LENGTH -> exactly(head.length(), bodyMax);
            case CHUNKED -> chunked();
            case CLOSE -> toEndOfStream();
        };
    }

    private byte[] toEndOfStream() throws IOException {
        var bytes = in.readNBytes(bodyMax);
        if (in.read() >= 0) {
            throw tooLarge();
        }
        return bytes;
    }

    private byte[] chunked() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var size = chunkSize(); size > 0; size = chunkSize()) {
            bytes.writeBytes(exactly(size, bodyMax - bytes.size()));
            ResponseHead.chunkEnd(in.line(2));
        }
        while (!ResponseHead.isEndOfTrailers(headLine())) {
            // a trailer
        }
        return bytes.toByteArray();
    }

    private long chunkSize() throws IOException {
        return ResponseHead.chunkSize(in.line(CHUNK_LINE_MAX));
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
        return new IOException("the response is larger than " + bodyMax + " bytes");
    }

    private String headLine() throws IOException {
        var line = in.line(headLeft);
        headLeft = Math.max(0, headLeft - line.length() - 1);
        return line;
    }
}
