package dev.rollcall.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/**
 * One shipper's batches, as the bytes of whole requests. Each is built in place: only times and sequences change, which
 * have a fixed width, so building costs next to nothing. Not thread-safe.
 */
final class BatchRequest {
    private static final String[] SERVICES = {"RegistryService", "GradingService", "PortalService", "LedgerService"};
    private static final String[] WORDS = {
        "student", "grade", "added", "looked", "up", "for", "page", "answered", "in", "time", "after", "retry", "of"
    };
    private static final int SEQUENCE_DIGITS = 10;
    private static final long SEQUENCE_FIRST = 1_000_000_000;
    private static final String TIME = "2026-11-22T09:15:37.123456Z";
    private static final int ERROR_EVERY = 100;

    private final byte[] bytes;
    private final int headLength;
    private final int firstAt;
    private final int lastAt;
    private final int lineLength;
    private final int lines;
    private final int[] timesAt;
    private final int[] sequencesAt;
    private long next = SEQUENCE_FIRST;

    /**
     * Creates a shipper's batches.
     *
     * @param lineLength the length of each record in bytes, including the line's end
     * @param lines how many records a batch has
     */
    BatchRequest(int lineLength, int lines, Random random) {
        this.lineLength = lineLength;
        this.lines = lines;
        this.timesAt = new int[lines];
        this.sequencesAt = new int[lines];
        var head = "POST /log HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nLog-Producer: "
                + new UUID(random.nextLong(), random.nextLong()) + "\r\nLog-Sequence: ";
        firstAt = head.length();
        lastAt = firstAt + SEQUENCE_DIGITS + 1;
        head += "0".repeat(SEQUENCE_DIGITS) + "-" + "0".repeat(SEQUENCE_DIGITS) + "\r\nContent-Length: "
                + lines * lineLength + "\r\n\r\n";
        headLength = head.length();
        bytes = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), headLength + lines * lineLength);
        for (var i = 0; i < lines; i++) {
            line(i, random);
        }
        time(Instant.now(), 0);
    }

    /** Returns the next request, with consecutive sequences. */
    byte[] next() {
        number(firstAt, next);
        number(lastAt, next + lines - 1);
        for (var i = 0; i < lines; i++) {
            number(sequencesAt[i], next + i);
        }
        next += lines;
        return bytes;
    }

    /** Sets the time of the first record, and the step in microseconds to each further one. */
    void time(Instant first, long stepMicros) {
        for (var i = 0; i < lines; i++) {
            // always six digits of micros, since an instant's text omits zeros
            var time = first.plusNanos(i * stepMicros * 1_000);
            var text = "%s.%06dZ".formatted(time.toString().substring(0, 19), time.get(ChronoField.MICRO_OF_SECOND));
            System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, timesAt[i], TIME.length());
        }
    }

    int lines() {
        return lines;
    }

    /** Returns the length of a request's body. */
    int bodyBytes() {
        return lines * lineLength;
    }

    private void line(int number, Random random) {
        var at = headLength + number * lineLength;
        var level = number % ERROR_EVERY == ERROR_EVERY - 1 ? "ERROR" : "INFO";
        var head = "{\"time\":\"" + TIME + "\",\"service\":\"" + SERVICES[random.nextInt(SERVICES.length)]
                + "\",\"level\":\"" + level + "\",\"message\":\"";
        var tail = "\",\"sequence\":" + "0".repeat(SEQUENCE_DIGITS) + "}\n";
        var text = new StringBuilder(head);
        while (text.length() + tail.length() < lineLength) {
            text.append(
                            random.nextInt(4) == 0
                                    ? Integer.toHexString(random.nextInt())
                                    : WORDS[random.nextInt(WORDS.length)])
                    .append(' ');
        }
        text.setLength(lineLength - tail.length());
        text.append(tail);
        System.arraycopy(text.toString().getBytes(StandardCharsets.US_ASCII), 0, bytes, at, lineLength);
        timesAt[number] = at + "{\"time\":\"".length();
        sequencesAt[number] = at + lineLength - "}\n".length() - SEQUENCE_DIGITS;
    }

    private void number(int at, long value) {
        var rest = value;
        for (var i = at + SEQUENCE_DIGITS - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
