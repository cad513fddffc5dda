package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricsTextTest {
    private final MetricsText text = new MetricsText();

    @Test
    void givenNumbers_whenWritten_thenEachFamilyOnceWithHelpAndType() {
        text.gauge("a", "Some a.", 1)
                .counter("b_total", "All b.", 2)
                .gauges("c", "C by d.", "d", Map.of("y", 4, "x", 3));

        assertThat(text).hasToString("""
                # HELP a Some a.
                # TYPE a gauge
                a 1
                # HELP b_total All b.
                # TYPE b_total counter
                b_total 2
                # HELP c C by d.
                # TYPE c gauge
                c{d="x"} 3
                c{d="y"} 4
                """);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-7, -7", "0.25, 0.25", "123456789012345, 123456789012345", "1e15, 1.0E15", "1e-7, 1.0E-7"})
    void givenNumber_whenWritten_thenWholeOnesWithoutFraction(double value, String written) {
        text.gauge("a", "A.", value);

        assertThat(text.toString()).endsWith("\na " + written + "\n");
    }

    @Test
    void givenLabelWithQuotesAndBackslashes_whenWritten_thenEscaped() {
        text.counters("a_total", "A.", "service", Map.of("say \"hi\"\\now\nthen", 1));

        assertThat(text.toString()).endsWith("\na_total{service=\"say \\\"hi\\\"\\\\now\\nthen\"} 1\n");
    }
}
