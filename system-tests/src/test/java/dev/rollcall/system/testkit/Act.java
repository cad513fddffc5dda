package dev.rollcall.system.testkit;

import java.time.Duration;

/** What {@link RawServer} does with a request: answers, or one of the faults that a network and its peers have. */
public sealed interface Act {
    /** 200, {@code Content-Length: 0}. */
    Act OK = new Answer(200, "text/plain", "");

    /** Answers. */
    record Answer(int status, String contentType, String body) implements Act {
        /** Without a body. */
        public static Answer of(int status) {
            return new Answer(status, "text/plain", "");
        }

        /** With JSON. */
        public static Answer json(int status, String json) {
            return new Answer(status, "application/json", json);
        }
    }

    /** Does something after a time. */
    record Delay(Duration by, Act then) implements Act {}

    /** Resets the connection instead of answering. */
    record Reset() implements Act {}

    /** Closes the connection instead of answering. */
    record Close() implements Act {}

    /** Never answers, and keeps the connection. */
    record Stall() implements Act {}
}
