package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.wire.HttpUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingParsersTest {
    @ParameterizedTest
    @CsvSource({
        "1ms, PT0.001S",
        "250ms, PT0.25S",
        "3s, PT3S",
        "10m, PT10M",
        "1h, PT1H",
        "' 3s ', PT3S",
        "007s, PT7S",
        "87600h, PT87600H",
        "999999999ms, PT999999.999S"
    })
    void givenDuration_whenRead_thenWithItsUnit(String text, Duration duration) {
        assertThat(SettingParsers.duration(text)).isEqualTo(duration);
        assertThat(SettingParsers.duration(text).toNanos()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "s", "0s", "000ms", "-1s", "1.5s", "3 s", "3S", "3d", "1000000000s", "1s2", "٣s"})
    void givenNoDuration_whenRead_thenToldWhatIsAllowed(String text) {
        assertThatThrownBy(() -> SettingParsers.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a positive number with its unit: 250ms, 3s, 10m, 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"87601h", "999999999h", "999999999m"})
    void givenDurationThatNoClockCounts_whenRead_thenToldTheLongest(String text) {
        assertThatThrownBy(() -> SettingParsers.duration(text)).hasMessage("at most 87600h");
    }

    @ParameterizedTest
    @CsvSource({"1B, 1", "512B, 512", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648", "' 1B ', 1"})
    void givenSize_whenRead_thenInBytes(String text, long bytes) {
        assertThat(SettingParsers.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "B", "0B", "-1B", "1.5MiB", "1MB", "1kB", "1 MiB", "1000000000B"})
    void givenNoSize_whenRead_thenToldWhatIsAllowed(String text) {
        assertThatThrownBy(() -> SettingParsers.bytes(text))
                .hasMessage("a positive number with its unit: 512B, 64KiB, 1MiB, 2GiB");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65535, 65535", "' 80 ', 80"})
    void givenPort_whenRead_thenTheNumber(String text, int port) {
        assertThat(SettingParsers.port(text)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65536", "http", "80.0", "99999999999", "0x50", "1e9", "+80", "٨٠"})
    void givenNoPort_whenRead_thenToldWhatIsAllowed(String text) {
        assertThatThrownBy(() -> SettingParsers.port(text)).hasMessage("a whole number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "1", " true"})
    void givenNeitherTrueNorFalse_whenRead_thenToldWhatIsAllowed(String text) {
        assertThatThrownBy(() -> SettingParsers.booleanValue(text)).hasMessage("true or false");
    }

    @Test
    void givenUrls_whenRead_thenAllInOrder() {
        assertThat(SettingParsers.urls("http://a:3000/, http://b:3000"))
                .containsExactly(HttpUrl.of("http://a:3000"), HttpUrl.of("http://b:3000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "localhost:3000", "http://a,,http://b", "http://a;http://b:x"})
    void givenNoUrls_whenRead_thenRefused(String text) {
        assertThatThrownBy(() -> SettingParsers.urls(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
