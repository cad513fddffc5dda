package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeNumberTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "007, 7", "' 80 ', 80", "999999999999999999, 999999999999999999"})
    void givenDigits_whenParsed_thenTheNumber(String text, long number) {
        assertThat(WholeNumber.parse(text)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+5",
                "-5",
                "-0",
                "1e9",
                "1E5",
                "1.0",
                "٣",
                "५",
                "0x10",
                "NaN",
                "1_000",
                "1000000000000000000"
            })
    void givenAnythingElse_whenParsed_thenNone(String text) {
        assertThat(WholeNumber.parse(text)).isEmpty();
    }

    @Test
    void givenMegabytesOfDigits_whenParsed_thenReadAtOnce() {
        assertThat(WholeNumber.parse("9".repeat(1 << 22))).isEmpty();
        assertThat(WholeNumber.parse("0".repeat(1 << 22) + "5")).hasValue(5);
    }
}
