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

    /** A request: where to, and everything after its first two lines, which many requests may share. */
    record Request(String method, URI uri, Payload payload) {}

    /** A request from its headers on, without Host. Rendered once for all instances that are sent the same. */
    final class Payload {
        private final byte[] bytes;

        private Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Renders a request without a body. */
        public static Payload of(Map<String, String> headers) {
            return new Payload(head(headers).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Renders a request with a body. */
        public static Payload of(Map<String, String> headers, byte[] body) {
            var head = head(headers)
                    .append("Content-Length: ")
                    .append(body.length)
                    .append("\r\n\r\n")
                    .toString()
                    .getBytes(StandardCharsets.ISO_8859_1);
            var bytes = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, bytes, head.length, body.length);
            return new Payload(bytes);
        }

        private static StringBuilder head(Map<String, String> headers) {
            var head = new StringBuilder(256);
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return head;
        }

        /** Returns the bytes, which must not be changed. */
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
