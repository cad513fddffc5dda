package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
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

        membership.heard(LAPSE - 1, true);

        assertThat(membership.nanosUntilDue(LAPSE)).isEqualTo(LAPSE - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 9, 20})
    void givenPlainRegistryThatProbesOneAfterAnother_whenManyAreListed_thenOnlyTheFirstWaitMayBeTooShort(int services) {
        var interval = services * 3_000 * MILLI;
        var membership = membership(0);
        membership.registered(0, false);
        var now = 0L;
        var registrations = 0;

        for (var round = 1; round <= 100; round++) {
            for (var probe = round * interval; now < probe; ) {
                var due = membership.nanosUntilDue(now);
                now = Math.min(probe, now + due);
                if (now < probe) {
                    membership.registered(now, false);
                    registrations++;
                }
            }
            membership.heard(now, false);
        }

        assertThat(registrations).isLessThanOrEqualTo(services <= 9 ? 0 : 2);
    }

    @Test
    void givenPlainRegistryWithOneInstance_whenFiveMoreAreListed_thenNotDue() {
        var membership = membership(0);
        membership.registered(0, false);
        var now = 0L;
        for (var i = 0; i < 20; i++) {
            now += 3_000 * MILLI;
            membership.heard(now, false);
        }

        assertThat(membership.nanosUntilDue(now + 18_000 * MILLI)).isPositive();
    }

    /** Due after 30, 90, 210 s and so on: in a day 11 times. */
    @Test
    void givenPlainRegistryThatNeverProbes_whenTimePasses_thenDueAfterPausesThatDouble() {
        var membership = membership(0);
        membership.registered(0, false);
        var day = Duration.ofHours(24).toNanos();
        var now = 0L;
        var pauses = new ArrayList<Long>();

        for (var due = membership.nanosUntilDue(now); now + due < day; due = membership.nanosUntilDue(now)) {
            pauses.add(due / MILLI);
            now += due;
            membership.registered(now, false);
        }

        assertThat(pauses).startsWith(30_000L, 60_000L, 120_000L, 240_000L).hasSize(11);
    }

    @Test
    void givenPlainRegistryThatNeverProbes_whenAWeekPasses_thenDueOnceADayAtLeast() {
        var membership = membership(0);
        for (var i = 0; i < 60; i++) {
            membership.registered(0, false);
        }

        assertThat(membership.nanosUntilDue(0)).isEqualTo(Duration.ofHours(24).toNanos());
    }

    @Test
    void givenPlainRegistryThatSaysThatItForgot_whenItIsSilentAgain_thenThePauseIsNotDoubled() {
        var membership = membership(0);
        membership.registered(0, false);

        membership.wasForgotten(30_000 * MILLI);

        assertThat(membership.nanosUntilDue(30_000 * MILLI)).isZero();
        membership.registered(30_000 * MILLI, false);
        assertThat(membership.nanosUntilDue(30_000 * MILLI)).isEqualTo(30_000 * MILLI);
    }

    @Test
    void givenPlainRegistry_whenItForgetsAfterTheFirstHeartbeat_thenDueWithin30Seconds() {
        var membership = membership(0);
        membership.registered(0, false);

        membership.heard(9_000 * MILLI, false);

        assertThat(membership.nanosUntilDue(9_000 * MILLI)).isEqualTo(30_000 * MILLI);
    }

    @Test
    void givenPlainRegistryHeardEvery18Seconds_whenItForgets_thenDueAfterThreeOfThem() {
        var membership = membership(0);
        membership.registered(0, false);

        membership.heard(18_000 * MILLI, false);
        membership.heard(36_000 * MILLI, false);

        assertThat(membership.nanosUntilDue(36_000 * MILLI)).isEqualTo(54_000 * MILLI);
    }

    @Test
    void givenPlainRegistryHeardOften_whenItForgets_thenDueAsSoonAsWithAnExtendedOne() {
        var membership = membership(0);
        membership.registered(0, false);

        membership.heard(300 * MILLI, false);
        membership.heard(600 * MILLI, false);

        assertThat(membership.nanosUntilDue(600 * MILLI)).isEqualTo(LAPSE);
    }

    @Test
    void givenPlainRegistryThatListsItTwice_whenHeardInPairs_thenTheLongerIntervalCounts() {
        var membership = membership(0);
        membership.registered(0, false);
        var now = 0L;
        for (var i = 0; i < 10; i++) {
            now += 3_000 * MILLI;
            membership.heard(now, false);
            now += 15_000 * MILLI;
            membership.heard(now, false);
        }

        assertThat(membership.nanosUntilDue(now)).isEqualTo(45_000 * MILLI);
    }

    @Test
    void givenExtendedRegistry_whenItsProbesAreSpreadAndOneIsLate_thenDueAfterTheLapseAsBefore() {
        var membership = membership(0);
        membership.registered(0, true);
        var now = 0L;
        for (var millis : new long[] {3_000, 2_700, 3_300, 8_000, 3_300, 3_000, 2_900, 3_200, 3_300}) {
            now += millis * MILLI;
            membership.heard(now, true);
        }

        assertThat(membership.nanosUntilDue(now)).isEqualTo(LAPSE);
    }

    @Test
    void givenExtendedRegistryThatFellSilent_whenAContainerAsksForHeartbeats_thenDueAllTheSame() {
        var membership = membership(0);
        membership.registered(0, true);
        membership.heard(3_000 * MILLI, true);

        membership.heard(6_000 * MILLI, false);
        membership.heard(9_000 * MILLI, false);

        assertThat(membership.nanosUntilDue(12_000 * MILLI)).isZero();
    }

    @Test
    void givenExtendedRegistryThatProbesOnceAMinute_whenHeardTwice_thenDueAfterThreeMinutesAtMost() {
        var membership = membership(0);
        membership.registered(0, true);
        var now = 0L;
        var registrations = 0;

        for (var round = 1; round <= 20; round++) {
            for (var probe = round * 60_000 * MILLI; now < probe; ) {
                now = Math.min(probe, now + membership.nanosUntilDue(now));
                if (now < probe) {
                    membership.registered(now, true);
                    registrations++;
                }
            }
            membership.heard(now, true);
        }

        assertThat(registrations).isLessThanOrEqualTo(3);
        assertThat(membership.nanosUntilDue(now)).isBetween(150_000 * MILLI, 180_000 * MILLI);
    }

    /** The probe that waited for it shows nothing: the registry gave it up meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenSuspendedProcess_whenAProbeOfBeforeIsHeardFirst_thenDueAllTheSame(boolean extended) {
        var membership = membership(0);
        membership.registered(0, extended);
        membership.heard(3_000 * MILLI, extended);
        membership.heard(6_000 * MILLI, extended);

        membership.heard(306_000 * MILLI, extended);

        assertThat(membership.nanosUntilDue(306_000 * MILLI)).isZero();
        membership.registered(306_000 * MILLI, extended);
        assertThat(membership.nanosUntilDue(306_000 * MILLI)).isBetween(LAPSE, 60_000 * MILLI);
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
        return new Membership(Duration.ofNanos(LAPSE / 3), random, now);
    }
}
