package dev.rollcall.log.store;

import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.wire.Dropped;
import dev.rollcall.wire.LogRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Builds append requests for tests; the message of each record is its producer and sequence. */
final class Lines {
    static final Instant NOW = Instant.parse("2026-11-22T09:15:37.123456Z");

    private final String producer;
    private final Optional<Numbering> numbering;
    private final AppendRequest.Builder request = AppendRequest.from(new byte[0]);
    private final LineScanner line = new LineScanner();

    private Lines(String producer, Optional<Numbering> numbering) {
        this.producer = producer;
        this.numbering = numbering;
    }

    static Lines builder(String producer, long first, long last) {
        return new Lines(producer, Optional.of(new Numbering(producer, first, last)));
    }

    static AppendRequest numbered(String producer, long first, long last) {
        var lines = builder(producer, first, last);
        for (var i = first; i <= last; i++) {
            lines.record(i);
        }
        return lines.build();
    }

    static AppendRequest plain(String message) {
        return new Lines("", Optional.empty())
                .add(LogRecord.plain(NOW, "Plain", message))
                .build();
    }

    Lines record(long sequence) {
        return add(new LogRecord(
                NOW.plusSeconds(sequence),
                "Service",
                "instance",
                sequence % 10 == 0 ? "ERROR" : "INFO",
                "",
                "",
                producer + "/" + sequence,
                "",
                "trace" + sequence,
                "",
                Map.of(),
                sequence));
    }

    Lines gap(long from, long to) {
        return add(LogRecord.gap(NOW, "Service", "instance", new Dropped(from, to, "test")));
    }

    /** Adds a gap whose reason ends with the producer. */
    Lines gapOf(String of, long from, long to) {
        return add(LogRecord.gap(NOW, "Service", "instance", new Dropped(from, to, "of " + of)));
    }

    Lines add(LogRecord record) {
        var text = LineNormalizer.compact(record);
        if (!line.scan(text, 0, text.length)) {
            throw new IllegalArgumentException(record.toString());
        }
        request.add(text, line);
        return this;
    }

    AppendRequest build() {
        return request.build(numbering);
    }
}
