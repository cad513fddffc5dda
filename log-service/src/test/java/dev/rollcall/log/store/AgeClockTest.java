package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.FakeDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AgeClockTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private Instant wall = Lines.NOW;
    private long nanos;

    @Test
    void givenTheClockJumpsAhead_whenItIsSetBackInTime_thenNothingAges() {
        var clock = clock(Optional.empty());
        wall = wall.plus(YEAR);

        for (var minute = 0; minute < 59; minute++) {
            pass(Duration.ofMinutes(1));
            assertThat(clock.instant()).isBefore(Lines.NOW.plus(AgeClock.LASTING));
        }
        wall = wall.minus(YEAR);
        assertThat(clock.instant()).isEqualTo(wall);
        wall = wall.plus(YEAR);
        assertThat(clock.instant()).isEqualTo(wall.minus(YEAR));
    }

    @Test
    void givenTheClockJumps_whenItStaysSo_thenItCounts() {
        for (var jump : List.of(YEAR, YEAR.negated(), Duration.ofMinutes(2))) {
            var clock = clock(Optional.empty());
            wall = wall.plus(jump);
            assertThat(clock.instant()).isEqualTo(wall.minus(jump));
            pass(AgeClock.LASTING);

            assertThat(clock.instant()).isEqualTo(wall);
        }
    }

    @Test
    void givenTheClockIsCorrectedALittle_whenRead_thenItCountsAtOnce() {
        var clock = clock(Optional.empty());
        wall = wall.plusSeconds(50);

        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void givenTheServiceWasStopped_whenStarted_thenOnlyALongPauseIsDoubted() {
        assertThat(clock(Optional.of(wall.minus(Duration.ofHours(23)))).instant())
                .isEqualTo(wall);
        assertThat(clock(Optional.of(wall.plus(YEAR))).instant()).isEqualTo(wall);

        var clock = clock(Optional.of(wall.minus(YEAR)));
        assertThat(clock.instant()).isEqualTo(wall.minus(YEAR));
        pass(AgeClock.LASTING);
        assertThat(clock.instant()).isEqualTo(wall);
    }

    /** The clock was a year ahead or behind for some time; segments closed then are kept as long as others. */
    @Test
    void givenSegmentsClosedByAWrongClock_whenItIsRight_thenNoneIsDeletedEarlyAndNoneKeepsOthers() throws Exception {
        var settings = new StoreSettings(10, Duration.ofHours(1), Long.MAX_VALUE, Duration.ofDays(30), 1 << 20, 10);
        var disk = new FakeDisk(new Random(1));
        var opened = new StoreRecovery(disk, settings, wall).open();
        var writer = new StoreWriter(disk, settings, opened.segments(), opened.ledger());
        var retention = new Retention(disk, settings, opened.segments(), new Sealing(disk, () -> false));
        for (var time : List.of(wall, wall.minus(YEAR), wall.plus(YEAR))) {
            writer.write(List.of(Lines.plain("m")), time);
            assertThat(writer.rollIfDue(time)).isTrue();
        }

        retention.tidy(wall.plus(Duration.ofDays(30)));
        assertThat(opened.segments().closed()).hasSize(3);
        retention.tidy(wall.plus(Duration.ofDays(31)));
        assertThat(opened.segments().closed()).hasSize(1);
    }

    @Test
    void givenTheClockWasSetBack_whenASegmentIsOld_thenItIsClosed() throws Exception {
        var settings = new StoreSettings(1 << 20, Duration.ofHours(1), 1 << 20, Duration.ofDays(30), 1 << 20, 10);
        var disk = new FakeDisk(new Random(1));
        var opened = new StoreRecovery(disk, settings, wall.plus(YEAR)).open();
        var writer = new StoreWriter(disk, settings, opened.segments(), opened.ledger());
        writer.write(List.of(Lines.plain("m")), wall);

        assertThat(writer.rollIfDue(wall)).isFalse();
        assertThat(writer.rollIfDue(wall.plus(Duration.ofHours(1)))).isTrue();
    }

    private AgeClock clock(Optional<Instant> newest) {
        return new AgeClock(() -> wall, () -> nanos, newest);
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }
}
