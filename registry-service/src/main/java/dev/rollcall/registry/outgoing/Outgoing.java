package dev.rollcall.registry.outgoing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the registry's own requests. Thread-safe; never blocks its caller for long. */
public interface Outgoing extends AutoCloseable {
    /**
     * Sends a request; the consumer is called once, by any thread, with what became of it.
     *
     * @param limit until the answer's head must be there, the connection's making included
     */
    void send(Request request, Duration limit, Consumer<Result> consumer);

    @Override
    void close();

    /** A request: where to, and all that follows its first two lines, which may be shared by many requests. */
    record Request(String method, URI uri, Payload payload) {}

    /** A request from its headers on, but for Host, rendered once for all who are sent the same. */
    final class Payload {
        private final byte[] bytes;

        private Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Of a request without a body. */
        public static Payload of(Map<String, String> headers) {
            return new Payload(head(headers).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Of a request with a body. */
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

        /** The bytes, which nobody changes. */
        byte[] bytes() {
            return bytes;
        }
    }

    /** What became of a request. */
    sealed interface Result {
        /** An answer's status, and those of its headers that the registry reads. */
        record Responded(int status, Optional<String> instance, Optional<String> view, boolean hasRetryAfter)
                implements Result {}

        /** Whoever is there refused the connection: nothing arrived. */
        record Refused(String reason) implements Result {}

        /**
         * No connection could be tried or made, which may be this machine's fault: an unknown host, no route, no file
         * left. Nothing arrived.
         */
        record Unreachable(String reason) implements Result {}

        /** No answer in time. */
        record TimedOut() implements Result {}

        /** The connection broke before the answer: it may have arrived or not. */
        record Broken(String reason) implements Result {}
    }
}
