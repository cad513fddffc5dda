package dev.rollcall.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link FaultyServer} does with one request; {@link Answer} is the faultless one. */
public sealed interface Fault {
    /** Nobody listens on the port any more, from the moment this fault's turn comes until the server listens again. */
    record Refuse() implements Fault {}

    /** The request is read and never answered, until the server is closed. */
    record Stall() implements Fault {}

    /** The request is read, and its connection is reset. */
    record Reset() implements Fault {}

    /** The answer's head promises the whole body, and the connection is closed after half of it. */
    record Truncate(Answer promised) implements Fault {}

    /** The answer comes late. */
    record Delay(Duration by, Answer then) implements Fault {}

    /** An answer with a text body. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        /** Copies, in order. */
        public Answer {
            headers = new LinkedHashMap<>(headers);
        }

        /** An answer without headers of its own. */
        public Answer(int status, String body) {
            this(status, Map.of(), body);
        }

        /** An answer without a body. */
        public Answer(int status) {
            this(status, "");
        }

        /** The same answer with one more header. */
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
