package dev.rollcall.registry.outgoing;

import dev.rollcall.http.client.MalformedResponseException;
import dev.rollcall.http.client.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * Parses one HTTP/1.1 response that arrives in pieces; bounded, and as strict as {@link ResponseHead}. It keeps the
 * status and the headers that the registry reads, and skips the body. Not thread-safe; one per connection, {@link
 * #reset} between responses.
 *
 * <pre>
 * HEAD ──┬── Content-Length ──▶ BODY ──────────────────┬──▶ DONE
 *        ├── chunked ──▶ CHUNK_SIZE ⇄ CHUNK ──▶ TRAILERS ┤
 *        └── neither, or too long ─────────────────────┴──▶ DONE, and the connection can't be used again
 * </pre>
 */
final class ResponseParser {
    private static final int LINE_MAX = 8_192;
    private static final int HEAD_MAX = 16_384;
    private static final int BODY_MAX = 4_096;

    private final StringBuilder line = new StringBuilder();
    private final ResponseHead head = new ResponseHead(this::field);
    private State state = State.HEAD;
    private int headBytes;
    private long bodyLeft;
    private int bodyBytes;
    private boolean isCut;
    private boolean hasRetryAfter;
    private Optional<String> instance = Optional.empty();
    private Optional<String> view = Optional.empty();

    /** Prepares for the next response. */
    void reset() {
        line.setLength(0);
        head.begin();
        state = State.HEAD;
        headBytes = 0;
        bodyLeft = 0;
        bodyBytes = 0;
        isCut = false;
        hasRetryAfter = false;
        instance = Optional.empty();
        view = Optional.empty();
    }

    /**
     * Parses further bytes; returns {@code true} once the response is complete. Bytes after its end stay in the buffer.
     *
     * @throws MalformedResponseException if it is not an HTTP/1.1 response, or its head is too large
     */
    boolean read(ByteBuffer in) throws MalformedResponseException {
        while (state != State.DONE && in.hasRemaining()) {
            if (state == State.BODY || state == State.CHUNK) {
                skipBody(in);
            } else {
                readLine(in);
            }
        }
        return state == State.DONE;
    }

    /** Returns whether the connection can carry another request after this response. */
    boolean isReusable() {
        return !isCut && head.keepsAlive();
    }

    Outgoing.Result.Responded response() {
        return new Outgoing.Result.Responded(head.status(), instance, view, hasRetryAfter);
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

    private void readLine(ByteBuffer in) throws MalformedResponseException {
        while (in.hasRemaining()) {
            var c = (char) (in.get() & 0xff);
            headBytes++;
            if (c == '\n') {
                var text = line.toString();
                line.setLength(0);
                parseLine(text);
                return;
            }
            line.append(c);
            if (line.length() > LINE_MAX || headBytes > HEAD_MAX) {
                throw new MalformedResponseException("its head is too large");
            }
        }
    }

    private void parseLine(String text) throws MalformedResponseException {
        switch (state) {
            case HEAD -> {
                if (head.acceptLine(text)) {
                    headEnded();
                }
            }
            case CHUNK_SIZE -> chunkSize(text);
            case CHUNK_END -> {
                ResponseHead.chunkEnd(text);
                state = State.CHUNK_SIZE;
            }
            case TRAILERS -> state = ResponseHead.isEndOfTrailers(text) ? State.DONE : State.TRAILERS;
            default -> throw new IllegalStateException("no line is expected in " + state);
        }
    }

    private void field(String name, String value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "retry-after" -> hasRetryAfter = true;
            case "registry-instance" -> instance = Optional.of(value);
            case "registry-view" -> view = Optional.of(value);
            default -> {
                // not read by the registry
            }
        }
    }

    private void headEnded() {
        switch (head.framing()) {
            case NONE -> state = State.DONE;
            case CHUNKED -> state = State.CHUNK_SIZE;
            case CLOSE -> cut();
            case LENGTH -> body(head.length(), State.BODY, State.DONE);
        }
    }

    private void chunkSize(String text) throws MalformedResponseException {
        body(ResponseHead.chunkSize(text), State.CHUNK, State.TRAILERS);
    }

    private void body(long length, State some, State none) {
        if (length > BODY_MAX) {
            cut();
        } else {
            bodyLeft = length;
            state = length == 0 ? none : some;
        }
    }

    /** Ends the response early: the status is known, and the rest of the connection is not read. */
    private void cut() {
        isCut = true;
        state = State.DONE;
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }
}
