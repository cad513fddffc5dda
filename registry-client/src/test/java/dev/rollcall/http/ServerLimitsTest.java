package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerLimitsTest {
    @ParameterizedTest
    @CsvSource({"0,1,1", "1,0,1", "1,1,0", "-1,1,1"})
    void givenLimitThatIsNotPositive_whenMade_thenRefused(long bodyBytesMax, int threads, int requestsMax) {
        assertThatThrownBy(() -> new ServerLimits(bodyBytesMax, threads, requestsMax))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
