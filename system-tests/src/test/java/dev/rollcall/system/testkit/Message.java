package dev.rollcall.system.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request or a response as read from a connection, with a body of known length.
 *
 * @param firstLine the request line or status line
 */
record Message(String firstLine, Map<String, String> headers, String body) {
    private static final int LINE_MAX = 16_384;

    /** Reads the next message; {@link EOFException} if the other side has closed. */
    static Message read(InputStream in) throws IOException {
        var first = line(in);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Message(first, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            var next = in.read();
            if (next < 0 || bytes.size() > LINE_MAX) {
                throw new EOFException("closed after \"" + bytes.toString(StandardCharsets.UTF_8) + "\"");
            }
            if (next == '\n') {
                return bytes.toString(StandardCharsets.UTF_8).strip();
            }
            bytes.write(next);
        }
    }
}
