package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthTest {
    @ParameterizedTest
    @CsvSource({
        "passing, PASSING",
        "suspect, SUSPECT",
        "evicted, EVICTED",
        "draining, DRAINING",
        "unchecked, UNCHECKED",
        "starting, STARTING",
        "'', UNKNOWN",
        "tired, UNKNOWN"
    })
    void givenHealthOnTheWire_whenParsed_thenKnownOrUnknown(String word, Health health) {
        assertThat(Health.of(word)).isEqualTo(health);
    }

    @Test
    void givenHealths_whenShown_thenEachHasItsOwnSign() {
        assertThat(Health.values()).extracting(Health::sign).doesNotHaveDuplicates();
    }
}
