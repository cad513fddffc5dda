package dev.rollcall.http;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A handler's response: status, headers, and a body that is absent, bytes, streamed, pending or live. Immutable. */
public final class Response {
    private final int status;
    private final List<Header> headers;
    private final Body body;

    private Response(int status, List<Header> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Creates a response without a body, with {@code Content-Length: 0}. */
    public static Response empty(int status) {
        return new Response(status, List.of(), new Nothing());
    }

    /** Creates a response with a body of bytes, which the caller must not change any more. */
    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Whole(bytes));
    }

    /** Creates a response with a value as compact JSON. */
    public static Response json(int status, Object value) {
        return bytes(status, "application/json", Json.bytes(value));
    }

    /** Creates a response with UTF-8 text; {@code contentType} without charset. */
    public static Response text(int status, String contentType, String text) {
        return bytes(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a response whose length is unknown, sent in chunks as it is written. */
    public static Response stream(int status, String contentType, StreamBody body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Streamed(body));
    }

    /**
     * Creates an {@code application/problem+json} response with the problem's status; 503 with {@code Retry-After: 1}.
     */
    public static Response problem(Problem problem) {
        var response = bytes(problem.status(), Problem.MEDIA_TYPE, Json.bytes(problem));
        return problem.status() == 503 ? response.with("Retry-After", "1") : response;
    }

    /** Creates a {@code 303 See Other}: the browser's next page after a post. */
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    /** Creates a response that comes later. Until then the request is parked, without a thread, and in flight. */
    public static Response later(CompletionStage<Response> stage) {
        return new Response(0, List.of(), new Later(stage));
    }

    /**
     * Creates a response with status 200 that has no fixed end. It occupies no thread while idle and does not count as
     * in flight: the stream is ended when the server begins to stop.
     *
     * @param queueBytesMax pending bytes allowed for a slow client; beyond them the stream is dropped
     * @param onOpen called once with the stream, right after the head was sent; it must not block for long
     */
    public static Response live(String contentType, long queueBytesMax, Consumer<LiveStream> onOpen) {
        return new Response(200, List.of(new Header("Content-Type", contentType)), new Live(queueBytesMax, onOpen));
    }

    /** Returns a copy with one more header; throws {@link IllegalArgumentException} if it is not a valid one. */
    public Response with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, List.copyOf(more), body);
    }

    /** Returns a copy without a header. */
    Response without(String name) {
        var fewer = headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(name))
                .toList();
        return new Response(status, fewer, body);
    }

    /** Returns the status; 0 while the response is still to come. */
    public int status() {
        return status;
    }

    List<Header> headers() {
        return headers;
    }

    Body body() {
        return body;
    }

    /** Writes a body piece by piece. */
    @FunctionalInterface
    public interface StreamBody {
        /**
         * Writes the whole body; must not close {@code out}. An exception cuts the connection, which the client
         * notices.
         */
        void writeTo(OutputStream out) throws IOException;
    }

    record Header(String name, String value) {
        Header {
            if (name.isEmpty() || (name + value).chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a header has a name and no control characters");
            }
        }
    }

    sealed interface Body permits Nothing, Whole, Streamed, Later, Live {}

    record Nothing() implements Body {}

    record Streamed(StreamBody writer) implements Body {}

    record Later(CompletionStage<Response> stage) implements Body {}

    record Live(long queueBytesMax, Consumer<LiveStream> onOpen) implements Body {}

    static final class Whole implements Body {
        private final byte[] content;

        Whole(byte[] content) {
            this.content = content;
        }

        byte[] content() {
            return content;
        }
    }
}
