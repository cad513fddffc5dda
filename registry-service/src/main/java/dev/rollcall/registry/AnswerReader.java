package dev.rollcall.registry;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one HTTP/1.1 answer, as it comes in pieces; strict and bounded. Of the head, the status and what the registry
 * needs are kept; the body is passed over. Not thread-safe; one for each connection, {@link #reset} between answers.
 *
 * <pre>
 * HEAD ──┬── Content-Length ──▶ BODY ──────────────┬──▶ DONE
 *        ├── chunked ──▶ SIZE ⇄ CHUNK ──▶ TRAILER ─┤
 *        └── neither, or too long ─────────────────┴──▶ DONE, and the connection can't be used again
 * </pre>
 */
final class AnswerReader {
    private static final int LINE_MAX = 8_192;
    private static final int HEAD_MAX = 16_384;
    private static final int BODY_MAX = 4_096;

    private final StringBuilder line = new StringBuilder();
    private State state = State.STATUS_LINE;
    private int headBytes;
    private int status;
    private long bodyLeft;
    private int bodyBytes;
    private boolean hasLength;
    private boolean isChunked;
    private boolean keepsAlive;
    private boolean hasRetryAfter;
    private Optional<String> instance = Optional.empty();
    private Optional<String> view = Optional.empty();

    /** Makes ready for the next answer. */
    void reset() {
        line.setLength(0);
        state = State.STATUS_LINE;
        headBytes = 0;
        bodyLeft = 0;
        bodyBytes = 0;
        hasLength = false;
        isChunked = false;
        keepsAlive = true;
        hasRetryAfter = false;
        instance = Optional.empty();
        view = Optional.empty();
    }

    AnswerReader() {
        reset();
    }

    /** Whether nothing of an answer has come yet. */
    boolean isUntouched() {
        return state == State.STATUS_LINE && line.length() == 0;
    }

    /**
     * Reads on; {@code true} once the answer is whole. Bytes after its end stay in the buffer.
     *
     * @throws MalformedAnswerException if it is no HTTP/1.1 answer, or its head is too large
     */
    boolean read(ByteBuffer in) throws MalformedAnswerException {
        while (state != State.DONE && in.hasRemaining()) {
            if (state == State.BODY || state == State.CHUNK) {
                skipBody(in);
            } else {
                readLine(in);
            }
        }
        return state == State.DONE;
    }

    /** The connection's end: {@code true} if it also is a proper end of the answer. */
    boolean ended() {
        return state == State.DONE;
    }

    /** Whether the connection can carry another request after this answer. */
    boolean isReusable() {
        return keepsAlive;
    }

    Outgoing.Outcome.Answered answer() {
        return new Outgoing.Outcome.Answered(status, instance, view, hasRetryAfter);
    }

    private void skipBody(ByteBuffer in) {
        var count = (int) Math.min(in.remaining(), bodyLeft);
        in.position(in.position() + count);
        bodyLeft -= count;
        bodyBytes += count;
        if (bodyBytes > BODY_MAX) {
            cut();
        } else if (bodyLeft == 0) {
            state = state == State.BODY ? State.DONE : State.CHUNK_END;
        }
    }

    private void readLine(ByteBuffer in) throws MalformedAnswerException {
        while (in.hasRemaining()) {
            var c = (char) (in.get() & 0xff);
            headBytes++;
            if (c == '\n') {
                if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                    line.setLength(line.length() - 1);
                }
                var text = line.toString();
                line.setLength(0);
                took(text);
                return;
            }
            line.append(c);
            if (line.length() > LINE_MAX || headBytes > HEAD_MAX) {
                throw new MalformedAnswerException("its head is too large");
            }
        }
    }

    private void took(String text) throws MalformedAnswerException {
        switch (state) {
            case STATUS_LINE -> statusLine(text);
            case HEADERS -> header(text);
            case CHUNK_SIZE -> chunkSize(text);
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILERS -> state = text.isEmpty() ? State.DONE : State.TRAILERS;
            default -> throw new IllegalStateException("no line is expected in " + state);
        }
    }

    private void statusLine(String text) throws MalformedAnswerException {
        if (!text.startsWith("HTTP/1.") || text.length() < 12 || text.charAt(8) != ' ') {
            throw new MalformedAnswerException("it doesn't speak HTTP/1.1");
        }
        try {
            status = Integer.parseInt(text.substring(9, 12));
        } catch (NumberFormatException e) {
            throw new MalformedAnswerException("its status is no number");
        }
        keepsAlive = text.charAt(7) == '1';
        state = State.HEADERS;
    }

    private void header(String text) throws MalformedAnswerException {
        if (text.isEmpty()) {
            headEnded();
            return;
        }
        var colon = text.indexOf(':');
        if (colon < 1) {
            throw new MalformedAnswerException("a header has no colon");
        }
        var value = text.substring(colon + 1).strip();
        switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> {
                hasLength = true;
                bodyLeft = number(value, 10);
            }
            case "transfer-encoding" ->
                isChunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
            case "connection" -> keepsAlive = keepsAlive && !value.equalsIgnoreCase("close");
            case "retry-after" -> hasRetryAfter = true;
            case "registry-instance" -> instance = Optional.of(value);
            case "registry-view" -> view = Optional.of(value);
            default -> {
                // nothing that the registry reads
            }
        }
    }

    private void headEnded() {
        if (status >= 100 && status < 200) {
            // informational: the answer itself is still to come
            var size = headBytes;
            reset();
            headBytes = size;
        } else if (status == 204 || status == 304) {
            state = State.DONE;
        } else if (isChunked) {
            state = State.CHUNK_SIZE;
        } else if (!hasLength || bodyLeft > BODY_MAX) {
            cut();
        } else {
            state = bodyLeft == 0 ? State.DONE : State.BODY;
        }
    }

    private void chunkSize(String text) throws MalformedAnswerException {
        var end = text.indexOf(';');
        bodyLeft = number((end < 0 ? text : text.substring(0, end)).strip(), 16);
        if (bodyLeft > BODY_MAX) {
            cut();
        } else {
            state = bodyLeft == 0 ? State.TRAILERS : State.CHUNK;
        }
    }

    /** The status is known, which is all that is needed; what else comes on this connection is not read. */
    private void cut() {
        keepsAlive = false;
        state = State.DONE;
    }

    private static long number(String text, int radix) throws MalformedAnswerException {
        try {
            var number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with negative numbers
        }
        throw new MalformedAnswerException("a length is no number");
    }

    /** What came is not an answer; the message says why in the words of a sentence about the other side. */
    static final class MalformedAnswerException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        MalformedAnswerException(String message) {
            super(message);
        }
    }

    private enum State {
        STATUS_LINE,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }
}
