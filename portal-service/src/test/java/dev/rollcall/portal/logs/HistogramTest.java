package dev.rollcall.portal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    @Test
    void givenCounts_whenRead_thenBarsStackedByLevel() throws Exception {
        var histogram = Json.read(
                "{\"since\":\"2026-11-22T09:00:00Z\",\"until\":\"2026-11-22T10:00:00Z\",\"buckets\":["
                        + "{\"since\":\"2026-11-22T09:00:00Z\",\"TRACE\":1,\"DEBUG\":2,\"INFO\":5,\"WARN\":1,\"ERROR\":1},"
                        + "{\"since\":\"2026-11-22T09:30:00Z\",\"INFO\":0}]}",
                Histogram.class);

        assertThat(histogram.total()).isEqualTo(10);
        assertThat(histogram.filled()).hasSize(1);
        assertThat(histogram.rects())
                .extracting(Histogram.Rect::kind)
                .containsExactly("level-other", "level-warn", "level-error");
        assertThat(histogram.rects()).extracting(Histogram.Rect::y).containsExactly("20.0", "10.0", "0.0");
    }
}
