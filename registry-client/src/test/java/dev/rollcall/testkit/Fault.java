package dev.rollcall.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link FaultyServer} does with one request; {@link Answer} is the faultless one. */
public sealed interface Fault {
    /** Stops listening on the port, from this fault's turn until the server listens again. */
    record Refuse() implements Fault {}

    /** Reads the request and never responds, until the server is closed. */
    record Stall() implements Fault {}

    /** Reads the request and resets its connection. */
    record Reset() implements Fault {}

    /** Announces the whole body in the head, and closes the connection after half of it. */
    record Truncate(Answer promised) implements Fault {}

    /** Responds late. */
    record Delay(Duration by, Answer then) implements Fault {}

    /** Responds with a text body. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        /** Copies, in order. */
        public Answer {
            headers = new LinkedHashMap<>(headers);
        }

        /** Creates a response without headers of its own. */
        public Answer(int status, String body) {
            this(status, Map.of(), body);
        }

        /** Creates a response without a body. */
        public Answer(int status) {
            this(status, "");
        }

        /** Returns a copy with one more header. */
        public Answer with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body);
        }

        byte[] head() {
            var text = new StringBuilder("HTTP/1.1 " + status + " status\r\n");
            headers.forEach((name, value) ->
                    text.append(name).append(": ").append(value).append("\r\n"));
            if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Content-Length"))) {
                text.append("Content-Length: ").append(content().length).append("\r\n");
            }
            return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        byte[] content() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }
}
