package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "5, 3200", "6, 5000", "7, 5000", "1000000, 5000"})
    void givenFailures_whenTheDiceSayMost_thenTheWaitDoublesUpToItsLimit(int failures, long millis) {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), () -> 1.0);

        var wait = backoff.nanosAfter(failures);

        assertThat(Duration.ofNanos(wait)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 400"})
    void givenTheDiceSayLess_whenAsked_thenTheWaitIsThatPartOfTheLimit(double dice, long millis) {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), () -> dice);

        var wait = backoff.nanosAfter(3);

        assertThat(Duration.ofNanos(wait)).isEqualTo(Duration.ofMillis(millis));
    }
}
