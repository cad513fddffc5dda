package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "256, 64",
        "1024, 256",
        "4096, 1024",
        "20000, 12000",
        "1048576, 20000",
        "9223372036854775807, 20000"
    })
    void givenALimitOfDescriptors_whenLiveAnswersAreCounted_thenTheRestFindsRoom(long max, int streams) {
        assertThat(new Descriptors(max).streams()).isEqualTo(streams);
    }
}
