package dev.rollcall.shipping;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Values that the tests of this package share. */
final class Samples {
    static final HttpUrl HERE = HttpUrl.of("http://localhost:4000");
    static final HttpUrl THERE = HttpUrl.of("http://localhost:4001");

    private Samples() {}

    static LogRecord record(String message) {
        return new LogRecord(
                Instant.parse("2026-11-22T09:15:37.123456Z"),
                "GradingService",
                "i1",
                "INFO",
                "logger",
                "main",
                message,
                "",
                "",
                "",
                Map.of(),
                0);
    }

    static LogRecord notice(long count) {
        return record(count + " log records dropped");
    }

    /** The defaults with waits so short that no test has to wait. */
    static ShippingSettings fast() {
        return new ShippingSettings(
                1 << 20,
                64 << 10,
                Duration.ofMillis(2),
                4 << 10,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(100));
    }
}
