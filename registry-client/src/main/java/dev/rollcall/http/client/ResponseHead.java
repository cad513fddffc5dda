package dev.rollcall.http.client;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the lines of an HTTP/1.1 response (RFC 9112): those of its head and those around its chunks. Strict, because
 * two readers of one response must not differ on where it ends. Reads nothing itself; the reader bounds the lines. Not
 * thread-safe; one for each connection, {@link #begin} between responses.
 *
 * <p>A line is given without its line feed. In the head a missing carriage return is allowed (2.2), at chunks it isn't.
 */
public final class ResponseHead {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})( .*)?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(;[\t\\x20-\\x7e\\x80-\\xff]*)?\r");
    private static final int SWITCHING = 101;

    private final BiConsumer<String, String> onField;
    private int status;
    private long length;
    private @Nullable String coding;
    private boolean keepsAlive;

    /**
     * Creates a parser that is ready for a response.
     *
     * @param onField called with the name and the value of each field, except those of informational responses
     */
    public ResponseHead(BiConsumer<String, String> onField) {
        this.onField = onField;
        begin();
    }

    /** Prepares for the next response. */
    public void begin() {
        status = 0;
        length = -1;
        coding = null;
        keepsAlive = true;
    }

    /**
     * Parses the next line; returns {@code true} if it ends the head. Informational responses are skipped.
     *
     * @throws MalformedResponseException if the line is invalid
     */
    public boolean acceptLine(String raw) throws MalformedResponseException {
        var line = text(raw);
        if (status == 0) {
            statusLine(line);
            return false;
        }
        if (!line.isEmpty()) {
            field(line);
            return false;
        }
        if (status < 200) {
            begin();
            return false;
        }
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            throw new MalformedResponseException("its transfer coding is " + coding);
        }
        return true;
    }

    /** Returns the status; 0 before the status line. */
    public int status() {
        return status;
    }

    /** Returns how the body ends. */
    public Framing framing() {
        if (status == 204 || status == 304) {
            return Framing.NONE;
        }
        if (coding != null) {
            return Framing.CHUNKED;
        }
        return length < 0 ? Framing.CLOSE : Framing.LENGTH;
    }

    /** Returns the body's length if the framing is {@link Framing#LENGTH}. */
    public long length() {
        return length;
    }

    /** Whether the connection can carry another request after this response, if no further bytes arrived. */
    public boolean keepsAlive() {
        // with both a length and chunks the two may disagree on where it ends (6.3)
        return keepsAlive && framing() != Framing.CLOSE && (coding == null || length < 0);
    }

    /** Returns the chunk size in a chunk's first line; 0 for the last chunk. */
    public static long chunkSize(String raw) throws MalformedResponseException {
        var match = CHUNK.matcher(raw);
        if (!match.matches()) {
            throw new MalformedResponseException("a chunk's size is no number");
        }
        return Long.parseLong(match.group(1), 16);
    }

    /** Checks the line between a chunk and the next one's size. */
    public static void chunkEnd(String raw) throws MalformedResponseException {
        if (!raw.equals("\r")) {
            throw new MalformedResponseException("a chunk is longer than it said");
        }
    }

    /** Parses a line after the last chunk; {@code true} if it is the last. Trailers are ignored. */
    public static boolean isEndOfTrailers(String raw) throws MalformedResponseException {
        if (raw.equals("\r")) {
            return true;
        }
        nameEnd(text(raw));
        return false;
    }

    private void statusLine(String line) throws MalformedResponseException {
        var match = STATUS.matcher(line);
        if (!match.matches()) {
            throw new MalformedResponseException("it doesn't speak HTTP/1.1");
        }
        status = Integer.parseInt(match.group(2));
        if (status == SWITCHING) {
            throw new MalformedResponseException("its status is " + status);
        }
        // an HTTP/1.0 server may or may not keep the connection
        keepsAlive = match.group(1).equals("1");
    }

    private void field(String line) throws MalformedResponseException {
        var colon = nameEnd(line);
        var name = line.substring(0, colon);
        var value = line.substring(colon + 1).strip();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length" -> length(value);
            case "transfer-encoding" -> coding = coding == null ? value : coding + ", " + value;
            case "connection" -> keepsAlive = keepsAlive && !closes(value);
            default -> {
                // does not affect where the response ends
            }
        }
        if (status >= 200) {
            onField.accept(name, value);
        }
    }

    private void length(String value) throws MalformedResponseException {
        if (!LENGTH.matcher(value).matches()) {
            throw new MalformedResponseException("its length is no number");
        }
        var number = Long.parseLong(value);
        if (length >= 0 && length != number) {
            throw new MalformedResponseException("it has several lengths");
        }
        length = number;
    }

    private static boolean closes(String value) {
        for (var option : value.split(",", -1)) {
            if (option.strip().equalsIgnoreCase("close")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the colon's index. Rejects a folded line, which begins with a blank (5.2), and a blank before it (5.1).
     */
    private static int nameEnd(String line) throws MalformedResponseException {
        var colon = line.indexOf(':');
        if (colon < 0) {
            throw new MalformedResponseException("a header has no colon");
        }
        if (!NAME.matcher(line.substring(0, colon)).matches()) {
            throw new MalformedResponseException("a header's name has characters that no name has");
        }
        return colon;
    }

    private static String text(String raw) throws MalformedResponseException {
        var line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        // other control characters may occur in a value (RFC 9110, 5.5): code that stores or forwards it must check
        if (line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
            throw new MalformedResponseException("its head has characters that no head has");
        }
        return line;
    }

    /** How a response's body ends. */
    public enum Framing {
        /** The response has no body. */
        NONE,
        /** After {@link #length()} bytes. */
        LENGTH,
        /** With the last chunk. */
        CHUNKED,
        /** With the connection. */
        CLOSE
    }
}
