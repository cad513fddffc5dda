package dev.rollcall.system.testkit;

import java.time.Duration;
import java.util.Map;

/** What {@link RawServer} does with a request: responds, or plays one of the faults of a network and its peers. */
public sealed interface Act {
    /** 200, {@code Content-Length: 0}. */
    Act OK = new Answer(200, "text/plain", "");

    /** Responds. */
    record Answer(int status, String contentType, Map<String, String> headers, String body) implements Act {
        /** Copies the headers. */
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** Creates a response without headers of its own. */
        public Answer(int status, String contentType, String body) {
            this(status, contentType, Map.of(), body);
        }

        /** Creates a response without a body. */
        public static Answer of(int status) {
            return new Answer(status, "text/plain", "");
        }

        /** Creates a response with JSON. */
        public static Answer json(int status, String json) {
            return new Answer(status, "application/json", json);
        }

        /** Returns the same with this header alone. */
        public Answer with(String name, String value) {
            return new Answer(status, contentType, Map.of(name, value), body);
        }
    }

    /** Acts after a delay. */
    record Delay(Duration by, Act then) implements Act {}

    /** Responds one byte at a time, with a pause after each. */
    record Trickle(Duration gap, Answer answer) implements Act {}

    /** Resets the connection instead of responding. */
    record Reset() implements Act {}

    /** Closes the connection instead of responding. */
    record Close() implements Act {}

    /** Never responds, and keeps the connection. */
    record Stall() implements Act {}
}
