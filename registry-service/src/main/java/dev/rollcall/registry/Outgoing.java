package dev.rollcall.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the registry's own requests. Thread-safe; never blocks its caller for long. */
interface Outgoing extends AutoCloseable {
    /**
     * Sends a request; the consumer is called once, by any thread, with what became of it.
     *
     * @param limit until the answer's head must be there, the connection's making included
     */
    void send(Request request, Duration limit, Consumer<Outcome> consumer);

    @Override
    void close();

    /** A request; the body is empty for a GET. Nobody changes the body any more. */
    record Request(String method, URI to, Map<String, String> headers, Body body) {
        /** Copies. */
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /** Bytes that are shared by all who are sent the same. */
    final class Body {
        static final Body NONE = new Body(new byte[0]);

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** What became of a request. */
    sealed interface Outcome {
        /** An answer's status, and those of its headers that the registry reads. */
        record Answered(int status, Optional<String> instance, Optional<String> view, boolean hasRetryAfter)
                implements Outcome {}

        /** No connection was made: nothing arrived. */
        record Refused(String reason) implements Outcome {}

        /** No answer in time. */
        record TimedOut() implements Outcome {}

        /** The connection broke before the answer: it may have arrived or not. */
        record Broken(String reason) implements Outcome {}
    }
}
