package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.CapturedLog;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UncaughtExceptionsTest {
    @ParameterizedTest
    @CsvSource({"HTTP-Dispatcher, 1", "log-rehearsal, 0"})
    void givenAThread_whenAnErrorEndsIt_thenLoggedAndTheProcessEndsIfNobodyIsServedAnyMore(String name, int ends) {
        var ended = new AtomicInteger();
        var handler = new UncaughtExceptions(ended::incrementAndGet);

        try (var log = CapturedLog.of(UncaughtExceptions.class)) {
            handler.uncaughtException(new Thread(name), new OutOfMemoryError("as if"));

            assertThat(log.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getLevel()).hasToString("ERROR"));
        }
        assertThat(ended).hasValue(ends);
    }
}
