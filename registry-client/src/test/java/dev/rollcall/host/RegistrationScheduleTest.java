package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationScheduleTest {
    private static final long MILLI = 1_000_000;
    private static final long LAPSE = 9_000 * MILLI;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** A clock may start anywhere, also just before its largest value. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5_000 * MILLI, Long.MAX_VALUE - 10})
    void givenNewInstance_whenAsked_thenItHasToRegisterAtOnce(long now) {
        var registrationSchedule = membership(now);

        assertThat(registrationSchedule.nanosUntilDue(now)).isZero();
    }

    @Test
    void givenFailures_whenAsked_thenTheDelayIsRandomBelowABoundThatDoublesTo5Seconds() {
        var registrationSchedule = membership(0);
        var bounds = new long[] {200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000};

        for (var bound : bounds) {
            registrationSchedule.failed(0);

            assertThat(registrationSchedule.nanosUntilDue(0))
                    .as("seed %d, bound %d ms", seed, bound)
                    .isBetween(1L, bound * MILLI);
        }
    }

    @Test
    void givenManyInstances_whenAllFail_thenTheirDelaysAreSpreadOverTheWholeBound() {
        var early = 0;
        for (var i = 0; i < 1_000; i++) {
            var registrationSchedule = membership(0);
            registrationSchedule.failed(0);
            early += registrationSchedule.nanosUntilDue(0) <= 100 * MILLI ? 1 : 0;
        }

        assertThat(early).as("seed %d", seed).isBetween(400, 600);
    }

    @Test
    void givenFailure_whenTimePasses_thenDueAndNotBefore() {
        var registrationSchedule = membership(0);
        registrationSchedule.failed(0);
        var delay = registrationSchedule.nanosUntilDue(0);

        assertThat(registrationSchedule.nanosUntilDue(delay - 1)).isEqualTo(1);
        assertThat(registrationSchedule.nanosUntilDue(delay)).isZero();
        assertThat(registrationSchedule.nanosUntilDue(delay + 1)).isZero();
    }

    @Test
    void givenRegisteredAfterFailures_whenItFailsAgain_thenTheDelayBeginsAnew() {
        var registrationSchedule = membership(0);
        for (var i = 0; i < 6; i++) {
            registrationSchedule.failed(0);
        }

        registrationSchedule.registered(0, true);
        registrationSchedule.failed(0);

        assertThat(registrationSchedule.nanosUntilDue(0)).as("seed %d", seed).isBetween(1L, 200 * MILLI);
    }

    @Test
    void givenExtendedRegistry_whenItIsSilentForTheLapse_thenDue() {
        var registrationSchedule = membership(0);

        registrationSchedule.registered(5, true);

        assertThat(registrationSchedule.nanosUntilDue(5 + LAPSE - 1)).isEqualTo(1);
        assertThat(registrationSchedule.nanosUntilDue(5 + LAPSE)).isZero();
        assertThat(registrationSchedule.nanosUntilDue(5 + LAPSE + 1)).isZero();
    }

    @Test
    void givenExtendedRegistry_whenItAsksForHeartbeats_thenTheLapseBeginsWithTheLast() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, true);

        registrationSchedule.heartbeatReceived(LAPSE - 1, true);

        assertThat(registrationSchedule.nanosUntilDue(LAPSE)).isEqualTo(LAPSE - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 9, 20})
    void givenPlainRegistryThatProbesOneAfterAnother_whenManyAreListed_thenOnlyTheFirstWaitMayBeTooShort(int services) {
        var interval = services * 3_000 * MILLI;
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);
        var now = 0L;
        var registrations = 0;

        for (var round = 1; round <= 100; round++) {
            for (var probe = round * interval; now < probe; ) {
                var due = registrationSchedule.nanosUntilDue(now);
                now = Math.min(probe, now + due);
                if (now < probe) {
                    registrationSchedule.registered(now, false);
                    registrations++;
                }
            }
            registrationSchedule.heartbeatReceived(now, false);
        }

        assertThat(registrations).isLessThanOrEqualTo(services <= 9 ? 0 : 2);
    }

    @Test
    void givenPlainRegistryWithOneInstance_whenFiveMoreAreListed_thenNotDue() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);
        var now = 0L;
        for (var i = 0; i < 20; i++) {
            now += 3_000 * MILLI;
            registrationSchedule.heartbeatReceived(now, false);
        }

        assertThat(registrationSchedule.nanosUntilDue(now + 18_000 * MILLI)).isPositive();
    }

    /** Due after 30, 90, 210 s and so on: in a day 11 times. */
    @Test
    void givenPlainRegistryThatNeverProbes_whenTimePasses_thenDueAfterPausesThatDouble() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);
        var day = Duration.ofHours(24).toNanos();
        var now = 0L;
        var pauses = new ArrayList<Long>();

        for (var due = registrationSchedule.nanosUntilDue(now);
                now + due < day;
                due = registrationSchedule.nanosUntilDue(now)) {
            pauses.add(due / MILLI);
            now += due;
            registrationSchedule.registered(now, false);
        }

        assertThat(pauses).startsWith(30_000L, 60_000L, 120_000L, 240_000L).hasSize(11);
    }

    @Test
    void givenPlainRegistryThatNeverProbes_whenAWeekPasses_thenDueOnceADayAtLeast() {
        var registrationSchedule = membership(0);
        for (var i = 0; i < 60; i++) {
            registrationSchedule.registered(0, false);
        }

        assertThat(registrationSchedule.nanosUntilDue(0))
                .isEqualTo(Duration.ofHours(24).toNanos());
    }

    @Test
    void givenPlainRegistryThatSaysThatItForgot_whenItIsSilentAgain_thenThePauseIsNotDoubled() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);

        registrationSchedule.wasForgotten(30_000 * MILLI);

        assertThat(registrationSchedule.nanosUntilDue(30_000 * MILLI)).isZero();
        registrationSchedule.registered(30_000 * MILLI, false);
        assertThat(registrationSchedule.nanosUntilDue(30_000 * MILLI)).isEqualTo(30_000 * MILLI);
    }

    @Test
    void givenPlainRegistry_whenItForgetsAfterTheFirstHeartbeat_thenDueWithin30Seconds() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);

        registrationSchedule.heartbeatReceived(9_000 * MILLI, false);

        assertThat(registrationSchedule.nanosUntilDue(9_000 * MILLI)).isEqualTo(30_000 * MILLI);
    }

    @Test
    void givenPlainRegistryHeardEvery18Seconds_whenItForgets_thenDueAfterThreeOfThem() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);

        registrationSchedule.heartbeatReceived(18_000 * MILLI, false);
        registrationSchedule.heartbeatReceived(36_000 * MILLI, false);

        assertThat(registrationSchedule.nanosUntilDue(36_000 * MILLI)).isEqualTo(54_000 * MILLI);
    }

    @Test
    void givenPlainRegistryHeardOften_whenItForgets_thenDueAsSoonAsWithAnExtendedOne() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);

        registrationSchedule.heartbeatReceived(300 * MILLI, false);
        registrationSchedule.heartbeatReceived(600 * MILLI, false);

        assertThat(registrationSchedule.nanosUntilDue(600 * MILLI)).isEqualTo(LAPSE);
    }

    @Test
    void givenPlainRegistryThatListsItTwice_whenHeardInPairs_thenTheLongerIntervalCounts() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, false);
        var now = 0L;
        for (var i = 0; i < 10; i++) {
            now += 3_000 * MILLI;
            registrationSchedule.heartbeatReceived(now, false);
            now += 15_000 * MILLI;
            registrationSchedule.heartbeatReceived(now, false);
        }

        assertThat(registrationSchedule.nanosUntilDue(now)).isEqualTo(45_000 * MILLI);
    }

    @Test
    void givenExtendedRegistry_whenItsProbesAreSpreadAndOneIsLate_thenDueAfterTheLapseAsBefore() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, true);
        var now = 0L;
        for (var millis : new long[] {3_000, 2_700, 3_300, 8_000, 3_300, 3_000, 2_900, 3_200, 3_300}) {
            now += millis * MILLI;
            registrationSchedule.heartbeatReceived(now, true);
        }

        assertThat(registrationSchedule.nanosUntilDue(now)).isEqualTo(LAPSE);
    }

    @Test
    void givenExtendedRegistryThatFellSilent_whenAContainerAsksForHeartbeats_thenDueAllTheSame() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, true);
        registrationSchedule.heartbeatReceived(3_000 * MILLI, true);

        registrationSchedule.heartbeatReceived(6_000 * MILLI, false);
        registrationSchedule.heartbeatReceived(9_000 * MILLI, false);

        assertThat(registrationSchedule.nanosUntilDue(12_000 * MILLI)).isZero();
    }

    @Test
    void givenExtendedRegistryThatProbesOnceAMinute_whenHeardTwice_thenDueAfterThreeMinutesAtMost() {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, true);
        var now = 0L;
        var registrations = 0;

        for (var round = 1; round <= 20; round++) {
            for (var probe = round * 60_000 * MILLI; now < probe; ) {
                now = Math.min(probe, now + registrationSchedule.nanosUntilDue(now));
                if (now < probe) {
                    registrationSchedule.registered(now, true);
                    registrations++;
                }
            }
            registrationSchedule.heartbeatReceived(now, true);
        }

        assertThat(registrations).isLessThanOrEqualTo(3);
        assertThat(registrationSchedule.nanosUntilDue(now)).isBetween(150_000 * MILLI, 180_000 * MILLI);
    }

    /** The probe that waited for the instance shows nothing: the registry has abandoned it meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenSuspendedProcess_whenAProbeOfBeforeIsHeardFirst_thenDueAllTheSame(boolean extended) {
        var registrationSchedule = membership(0);
        registrationSchedule.registered(0, extended);
        registrationSchedule.heartbeatReceived(3_000 * MILLI, extended);
        registrationSchedule.heartbeatReceived(6_000 * MILLI, extended);

        registrationSchedule.heartbeatReceived(306_000 * MILLI, extended);

        assertThat(registrationSchedule.nanosUntilDue(306_000 * MILLI)).isZero();
        registrationSchedule.registered(306_000 * MILLI, extended);
        assertThat(registrationSchedule.nanosUntilDue(306_000 * MILLI)).isBetween(LAPSE, 60_000 * MILLI);
    }

    @Test
    void givenClockThatRunsOverItsLargestNumber_whenAsked_thenDifferencesCount() {
        var start = Long.MAX_VALUE - LAPSE / 2;
        var registrationSchedule = membership(start);

        registrationSchedule.registered(start, true);

        assertThat(registrationSchedule.nanosUntilDue(start + LAPSE - 1)).isEqualTo(1);
        assertThat(registrationSchedule.nanosUntilDue(start + LAPSE)).isZero();
    }

    private RegistrationSchedule membership(long now) {
        return new RegistrationSchedule(Duration.ofNanos(LAPSE / 3), random, now);
    }
}
