package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.MDC;

/** Values shared by the tests of this package. */
final class Samples {
    static final HttpUrl HERE = HttpUrl.of("http://localhost:4000");
    static final HttpUrl THERE = HttpUrl.of("http://localhost:4001");

    static final Instant TIME = Instant.parse("2026-11-22T09:15:37.123456Z");
    static final ProducerOrigin ORIGIN =
            new ProducerOrigin("11111111-2222-3333-4444-555555555555", "GradingService", "i1");

    private Samples() {}

    /** Logback as slf4j has initialised it, without any appender. */
    static LoggerContext context() {
        var context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.start();
        return context;
    }

    static EncodedRecord line(long sequence, String message) {
        var record = LogRecord.plain(TIME, ORIGIN.service(), message).withSequence(sequence);
        return new EncodedRecord(sequence, Json.bytes(record));
    }

    static String messageOf(SpillEntry spillEntry) {
        if (spillEntry instanceof DroppedRange droppedRange) {
            return droppedRange.first() + "-" + droppedRange.last() + " " + droppedRange.reason();
        }
        try {
            return Json.read(((EncodedRecord) spillEntry).json(), LogRecord.class)
                    .message();
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The default settings with delays so short that no test has to wait. */
    static ShippingSettings fast() {
        var pace = new ShippingPace(
                64 << 10,
                Duration.ofMillis(2),
                4 << 10,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                Duration.ofMillis(10));
        return ShippingSettings.DEFAULT
                .withBuffer(1 << 20)
                .withFlush(Duration.ofMillis(100))
                .withPace(pace);
    }
}
