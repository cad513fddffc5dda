package dev.rollcall.registry.outgoing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the registry's own requests. Thread-safe; never blocks the caller for long. */
public interface Outgoing extends AutoCloseable {
    /**
     * Sends a request. The consumer is called once, by any thread, with the result.
     *
     * @param limit the time until the response's head is there, including the time to connect
     */
    void send(Request request, Duration limit, Consumer<Result> consumer);

    @Override
    void close();

    /** A request: where to, and all that follows its first two lines, which may be shared by many requests. */
    record Request(String method, URI uri, Payload payload) {}

    /** A request's headers and body, rendered once for all requests that share them. Immutable. */
    final class Payload {
        private final Map<String, String> headers;
        private final int bodyBytes;
        private final byte[] bytes;

        private Payload(Map<String, String> headers, byte[] body, String end) {
            this.headers = Map.copyOf(headers);
            this.bodyBytes = body.length;
            var head = new StringBuilder(256);
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            var headBytes = head.append(end).toString().getBytes(StandardCharsets.ISO_8859_1);
            this.bytes = Arrays.copyOf(headBytes, headBytes.length + body.length);
            System.arraycopy(body, 0, bytes, headBytes.length, body.length);
        }

        /** Returns a payload without a body. */
        public static Payload of(Map<String, String> headers) {
            return new Payload(headers, new byte[0], "\r\n");
        }

        /** Returns a payload with a body. */
        public static Payload of(Map<String, String> headers, byte[] body) {
            return new Payload(headers, body, "Content-Length: " + body.length + "\r\n\r\n");
        }

        /** Returns the headers, without Host and Content-Length. */
        Map<String, String> headers() {
            return headers;
        }

        /** Returns the length of the body, which is the end of {@link #bytes}. */
        int bodyBytes() {
            return bodyBytes;
        }

        /** Returns the headers as they are sent, the blank line and the body. The caller does not change them. */
        byte[] bytes() {
            return bytes;
        }
    }

    /** The result of a request. */
    sealed interface Result {
        /** A response's status, and the headers that the registry reads. */
        record Responded(int status, Optional<String> instance, Optional<String> view, boolean hasRetryAfter)
                implements Result {}

        /** The host refused the connection: nothing arrived. */
        record Refused(String reason) implements Result {}

        /**
         * No connection could be made, which may be this machine's fault: an unknown host, no route, no file descriptor
         * left. Nothing arrived.
         */
        record Unreachable(String reason) implements Result {}

        /** No response in time. */
        record TimedOut() implements Result {}

        /** The connection broke before the response: the request may have arrived. */
        record Broken(String reason) implements Result {}
    }
}
