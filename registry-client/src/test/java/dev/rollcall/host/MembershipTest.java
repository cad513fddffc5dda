package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MembershipTest {
    private static final long MILLI = 1_000_000;
    private static final long LAPSE = 9_000 * MILLI;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** A clock may begin anywhere, also just before its largest number. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5_000 * MILLI, Long.MAX_VALUE - 10})
    void givenNewInstance_whenAsked_thenItHasToRegisterAtOnce(long now) {
        var membership = membership(now);

        assertThat(membership.nanosUntilDue(now)).isZero();
    }

    @Test
    void givenFailures_whenAsked_thenTheDelayIsRandomBelowABoundThatDoublesTo5Seconds() {
        var membership = membership(0);
        var bounds = new long[] {200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000};

        for (var bound : bounds) {
            membership.failed(0);

            assertThat(membership.nanosUntilDue(0))
                    .as("seed %d, bound %d ms", seed, bound)
                    .isBetween(1L, bound * MILLI);
        }
    }

    @Test
    void givenManyInstances_whenAllFail_thenTheirDelaysAreSpreadOverTheWholeBound() {
        var early = 0;
        for (var i = 0; i < 1_000; i++) {
            var membership = membership(0);
            membership.failed(0);
            early += membership.nanosUntilDue(0) <= 100 * MILLI ? 1 : 0;
        }

        assertThat(early).as("seed %d", seed).isBetween(400, 600);
    }

    @Test
    void givenFailure_whenTimePasses_thenDueAndNotBefore() {
        var membership = membership(0);
        membership.failed(0);
        var delay = membership.nanosUntilDue(0);

        assertThat(membership.nanosUntilDue(delay - 1)).isEqualTo(1);
        assertThat(membership.nanosUntilDue(delay)).isZero();
        assertThat(membership.nanosUntilDue(delay + 1)).isZero();
    }

    @Test
    void givenRegisteredAfterFailures_whenItFailsAgain_thenTheDelayBeginsAnew() {
        var membership = membership(0);
        for (var i = 0; i < 6; i++) {
            membership.failed(0);
        }

        membership.registered(0, true);
        membership.failed(0);

        assertThat(membership.nanosUntilDue(0)).as("seed %d", seed).isBetween(1L, 200 * MILLI);
    }

    @Test
    void givenExtendedRegistry_whenItIsSilentForTheLapse_thenDue() {
        var membership = membership(0);

        membership.registered(5, true);

        assertThat(membership.nanosUntilDue(5 + LAPSE - 1)).isEqualTo(1);
        assertThat(membership.nanosUntilDue(5 + LAPSE)).isZero();
        assertThat(membership.nanosUntilDue(5 + LAPSE + 1)).isZero();
    }

    @Test
    void givenExtendedRegistry_whenItAsksForHeartbeats_thenTheLapseBeginsWithTheLast() {
        var membership = membership(0);
        membership.registered(0, true);

        membership.heard(LAPSE - 1);

        assertThat(membership.nanosUntilDue(LAPSE)).isEqualTo(LAPSE - 1);
    }

    @Test
    void givenPlainRegistryThatNeverAsked_whenItIsSilent_thenNothingCallsForIt() {
        var membership = membership(0);

        membership.registered(0, false);

        assertThat(membership.nanosUntilDue(1_000 * LAPSE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givenPlainRegistryThatAsked_whenItIsSilentForTheLapse_thenDue() {
        var membership = membership(0);
        membership.registered(0, false);

        membership.heard(7);

        assertThat(membership.nanosUntilDue(7 + LAPSE - 1)).isEqualTo(1);
        assertThat(membership.nanosUntilDue(7 + LAPSE)).isZero();
    }

    @Test
    void givenPlainRegistryThatAskedBeforeItsAnswerCame_whenItIsSilentForTheLapse_thenDue() {
        var membership = membership(0);

        membership.heard(3);
        membership.registered(7, false);

        assertThat(membership.nanosUntilDue(7 + LAPSE)).isZero();
    }

    @Test
    void givenARegistryThatAskedAndWasLeft_whenAnotherPlainOneIsSilent_thenNothingCallsForIt() {
        var membership = membership(0);
        membership.registered(0, true);
        membership.heard(3);
        membership.failed(LAPSE + 3);

        membership.registered(2 * LAPSE, false);

        assertThat(membership.nanosUntilDue(1_000 * LAPSE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givenClockThatRunsOverItsLargestNumber_whenAsked_thenDifferencesCount() {
        var start = Long.MAX_VALUE - LAPSE / 2;
        var membership = membership(start);

        membership.registered(start, true);

        assertThat(membership.nanosUntilDue(start + LAPSE - 1)).isEqualTo(1);
        assertThat(membership.nanosUntilDue(start + LAPSE)).isZero();
    }

    private Membership membership(long now) {
        return new Membership(Duration.ofNanos(LAPSE), random, now);
    }
}
