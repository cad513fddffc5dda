package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"GradingService", "a", "Noten-Dienst 2", "成绩服务", "\"quoted\\\""})
    void givenName_whenWrittenAndRead_thenTheSame(String text) throws Exception {
        var name = new ServiceName(text);

        var read = Json.read(Json.bytes(name), ServiceName.class);

        assertThat(read).isEqualTo(name).hasToString(text);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t", "Log\nService", "Log\u0000Service", "Log\u0085Service", "Log\u007fService"})
    void givenBlankOrControlCharacters_whenMade_thenRefused(String text) {
        assertThatThrownBy(() -> new ServiceName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenLongNames_whenMade_thenTwoHundredCharactersAreTheMost() {
        assertThat(new ServiceName("x".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new ServiceName("x".repeat(201))).hasMessageContaining("200");
    }

    @Test
    void givenNames_whenCompared_thenByText() {
        assertThat(ServiceName.GRADING).isLessThan(ServiceName.LOG);
    }
}
