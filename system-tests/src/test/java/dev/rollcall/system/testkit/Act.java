package dev.rollcall.system.testkit;

import java.time.Duration;
import java.util.Map;

/** What {@link RawServer} does with a request: answers, or one of the faults that a network and its peers have. */
public sealed interface Act {
    /** 200, {@code Content-Length: 0}. */
    Act OK = new Answer(200, "text/plain", "");

    /** Answers. */
    record Answer(int status, String contentType, Map<String, String> headers, String body) implements Act {
        /** Copies. */
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** Without headers of its own. */
        public Answer(int status, String contentType, String body) {
            this(status, contentType, Map.of(), body);
        }

        /** Without a body. */
        public static Answer of(int status) {
            return new Answer(status, "text/plain", "");
        }

        /** With JSON. */
        public static Answer json(int status, String json) {
            return new Answer(status, "application/json", json);
        }

        /** The same with this header alone. */
        public Answer with(String name, String value) {
            return new Answer(status, contentType, Map.of(name, value), body);
        }
    }

    /** Does something after a time. */
    record Delay(Duration by, Act then) implements Act {}

    /** Answers, one byte at a time with such a gap after each. */
    record Trickle(Duration gap, Answer answer) implements Act {}

    /** Resets the connection instead of answering. */
    record Reset() implements Act {}

    /** Closes the connection instead of answering. */
    record Close() implements Act {}

    /** Never answers, and keeps the connection. */
    record Stall() implements Act {}
}
