package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.CapturedLog;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RepeatingTaskTest {
    private final RepeatingTask repeatingTask = new RepeatingTask("nothing moves");

    static Throwable[] failures() {
        return new Throwable[] {
            new OutOfMemoryError("as if"),
            new StackOverflowError(),
            new NoClassDefFoundError("a/b"),
            new IllegalStateException("x")
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givenRoundsThatFail_whenTheyGoOn_thenLoggedOnceEachWayAndDoubtfulMeanwhile(Throwable failure) {
        try (var log = CapturedLog.of(RepeatingTask.class)) {
            repeatingTask.run(() -> {});

            assertThat(repeatingTask.run(() -> sneak(failure))).isFalse();
            assertThat(repeatingTask.run(() -> sneak(failure))).isFalse();
            assertThat(repeatingTask.healthReasons()).containsExactly("nothing moves");
            assertThat(repeatingTask.run(() -> {})).isTrue();
            assertThat(repeatingTask.run(() -> {})).isTrue();

            assertThat(repeatingTask.healthReasons()).isEmpty();
            assertThat(log.events())
                    .extracting(event -> event.getLevel() + " " + event.getMessage())
                    .containsExactly("ERROR a round failed; the next one follows", "INFO rounds succeed again");
        }
    }

    /** As if there were no memory for the message either. */
    @Test
    void givenLoggingThatFailsToo_whenARoundFails_thenNothingIsThrown() {
        var failure = new AtomicReference<Error>(new OutOfMemoryError() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError("as if");
            }
        });

        assertThat(repeatingTask.run(() -> {
                    throw failure.get();
                }))
                .isFalse();

        assertThat(repeatingTask.healthReasons()).hasSize(1);
    }

    private static void sneak(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
