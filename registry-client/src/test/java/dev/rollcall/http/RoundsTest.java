package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.CapturedLog;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RoundsTest {
    private final Rounds rounds = new Rounds("nothing moves");

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
        try (var log = CapturedLog.of(Rounds.class)) {
            rounds.run(() -> {});

            assertThat(rounds.run(() -> sneak(failure))).isFalse();
            assertThat(rounds.run(() -> sneak(failure))).isFalse();
            assertThat(rounds.doubts()).containsExactly("nothing moves");
            assertThat(rounds.run(() -> {})).isTrue();
            assertThat(rounds.run(() -> {})).isTrue();

            assertThat(rounds.doubts()).isEmpty();
            assertThat(log.events())
                    .extracting(event -> event.getLevel() + " " + event.getMessage())
                    .containsExactly("ERROR a round failed; the next one follows", "INFO rounds end well again");
        }
    }

    /** As when there is no memory for the message either. */
    @Test
    void givenLoggingThatFailsToo_whenARoundFails_thenNothingIsThrown() {
        var failure = new AtomicReference<Error>(new OutOfMemoryError() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError("as if");
            }
        });

        assertThat(rounds.run(() -> {
                    throw failure.get();
                }))
                .isFalse();

        assertThat(rounds.doubts()).hasSize(1);
    }

    private static void sneak(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
