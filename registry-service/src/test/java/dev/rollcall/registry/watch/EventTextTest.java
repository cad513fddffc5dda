package dev.rollcall.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.LastResponse;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.testkit.ProtocolExamples;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The written bytes against the protocol's examples. */
class EventTextTest {
    private static final String EPOCH = "7d9c4f9e-2f0e-4a51-9f0b-0c6f1e7b8a11";

    @Test
    void givenTheProtocolsWatch_whenTheSameIsWritten_thenItIsEqualByteByByte() throws Exception {
        var passing = entry(Health.PASSING);
        var view = new RollView(EPOCH, 41, List.of(passing), Set.of(ServiceName.LOG));
        var rollChange = new RollChange(
                42,
                Instant.parse("2026-11-22T09:15:37.123Z"),
                RollChange.Kind.EVICTED,
                entry(Health.EVICTED),
                "connection refused");

        var roll = RollQuery.of(Optional.empty()).json(view);
        var written = text(EventText.opening(new EventId(EPOCH, 41), roll))
                + text(new RollTracker(view).notice(rollChange).event())
                + text(EventText.bookmark(new EventId(EPOCH, 57)));

        assertThat(written)
                .isEqualTo("retry: 1000\n\n" + ProtocolExamples.read().block("**Watch.**") + "\n");
    }

    @Test
    void givenTheProtocolsTargets_whenTheSameIsWritten_thenItIsEqualByteByByte() throws Exception {
        var written = Json.text(List.of(PrometheusTarget.of(entry(Health.PASSING))));

        assertThat(written).isEqualTo(ProtocolExamples.read().block("**Targets.**"));
    }

    private static RollView.Entry entry(Health health) {
        var registration = new Registration(
                ServiceName.LOG,
                HttpUrl.of("http://localhost:4000"),
                List.of(),
                null,
                null,
                "5b0e",
                2,
                Map.of("version", "0.1.0"));
        var lastResponse = new LastResponse();
        lastResponse.set(Instant.parse("2026-11-22T09:15:36.504Z"));
        return new RollView.Entry(
                registration, health, health.isAnnounced(), Instant.parse("2026-11-22T09:15:30.120Z"), lastResponse);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
