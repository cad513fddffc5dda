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

/**
 * What a handler answers: a status, headers, and a body that is nothing, bytes, written piece by piece, still to come,
 * or without an end. Immutable.
 */
public final class Response {
    private final int status;
    private final List<Header> headers;
    private final Body body;

    private Response(int status, List<Header> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** A status, {@code Content-Length: 0}, no body. */
    public static Response empty(int status) {
        return new Response(status, List.of(), new Nothing());
    }

    /** A body of bytes, which the caller no longer changes. */
    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Whole(bytes));
    }

    /** A value as compact JSON. */
    public static Response json(int status, Object value) {
        return bytes(status, "application/json", Json.bytes(value));
    }

    /** Text in UTF-8; {@code contentType} without charset. */
    public static Response text(int status, String contentType, String text) {
        return bytes(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body whose length isn't known before, sent in chunks as it is written. */
    public static Response stream(int status, String contentType, StreamBody body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Streamed(body));
    }

    /** A problem as {@code application/problem+json}, with its own status; a 503 asks to come again after a second. */
    public static Response problem(Problem problem) {
        var response = bytes(problem.status(), Problem.MEDIA_TYPE, Json.bytes(problem));
        return problem.status() == 503 ? response.with("Retry-After", "1") : response;
    }

    /** {@code 303 See Other}: what a browser is to get next, after a post. */
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    /**
     * An answer that comes later. No thread waits for it; the request is parked until then, and counts as in flight.
     */
    public static Response later(CompletionStage<Response> stage) {
        return new Response(0, List.of(), new Later(stage));
    }

    /**
     * An answer with status 200 that goes on for as long as there is something to say. No thread waits for that, and it
     * isn't counted as in flight: when the server begins to stop, the stream is ended.
     *
     * @param queueBytesMax bytes that may wait for a slow reader; beyond them the stream is dropped
     * @param taker is given the stream once, right after the head was sent; it must not block for long
     */
    public static Response live(String contentType, long queueBytesMax, Consumer<LiveStream> taker) {
        return new Response(200, List.of(new Header("Content-Type", contentType)), new Live(queueBytesMax, taker));
    }

    /** The same answer with one more header; throws {@link IllegalArgumentException} if it can't be one. */
    public Response with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, List.copyOf(more), body);
    }

    /** The same answer without a header. */
    Response without(String name) {
        var fewer = headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(name))
                .toList();
        return new Response(status, fewer, body);
    }

    /** The status; 0 while the answer is still to come. */
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
        /** Writes all of it; doesn't close {@code out}. An exception cuts the connection, so that the other side knows. */
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

    record Live(long queueBytesMax, Consumer<LiveStream> taker) implements Body {}

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
