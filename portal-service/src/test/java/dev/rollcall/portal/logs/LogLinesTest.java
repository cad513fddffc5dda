package dev.rollcall.portal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLinesTest {
    @Test
    void givenLogWithMalformedLine_whenRead_thenOthersAndNote() {
        var log = LogLines.read("{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"one\"}\n[GradingService] - plain\n\n"
                + "{\"id\":\"1-2\",\"time\":\"2026-11-22T09:15:38Z\",\"message\":\"two\"}\n");

        assertThat(log.rows()).extracting(line -> line.record().message()).containsExactly("one", "two");
        assertThat(log.rows()).extracting(LogLine::id).containsExactly("", "1-2");
        assertThat(log.note()).startsWith("1 of the lines");
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL, loud error",
        "CRITICAL, loud error",
        "50, loud error",
        "WARNING, loud",
        "unheard of, loud",
        "Information, quiet",
        "'', quiet"
    })
    void givenAnotherSystemsLevel_whenShown_thenItsClassAndItsOriginalText(String level, String loudness) {
        var line = LogLines.read("{\"time\":\"2026-11-22T09:15:37Z\",\"level\":\"" + level + "\",\"message\":\"m\"}\n")
                .rows()
                .get(0);

        assertThat(line.cssClass()).isEqualTo(loudness);
        assertThat(line.record().level()).isEqualTo(level);
    }
}
