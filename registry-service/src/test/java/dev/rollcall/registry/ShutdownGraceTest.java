package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.LastResponse;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Uses a clock that advances by 100 ms at each reading. */
final class ShutdownGraceTest {
    private static final long STEP = Duration.ofMillis(100).toNanos();

    private long now;
    private int looks;

    @Test
    void givenAnEmptyRoll_whenTheRegistryStops_thenItDoesNotWait() throws Exception {
        assertThat(readingsUntilItEnds(reading -> roll(1, 0, Health.PASSING))).isEqualTo(1);
    }

    @Test
    void givenOnlyEvictedInstances_whenTheRegistryStops_thenItDoesNotWaitForThem() throws Exception {
        assertThat(readingsUntilItEnds(reading -> roll(1, 2, Health.EVICTED))).isEqualTo(1);
    }

    @Test
    void givenInstancesThatStay_whenTheRegistryStops_thenItWaitsFor300Millis() throws Exception {
        assertThat(readingsUntilItEnds(reading -> roll(1, 2, Health.PASSING))).isEqualTo(4);
    }

    @Test
    void givenInstancesThatLeaveOneByOne_whenTheRegistryStops_thenItWaitsForTheLast() throws Exception {
        assertThat(readingsUntilItEnds(reading -> roll(reading / 2, Math.max(0, 4 - reading / 2), Health.DRAINING)))
                .isEqualTo(8);
    }

    @Test
    void givenARollThatKeepsChanging_whenTheRegistryStops_thenItWaitsForTwoSeconds() throws Exception {
        assertThat(readingsUntilItEnds(reading -> roll(reading, 1, Health.STARTING)))
                .isEqualTo(21);
    }

    private int readingsUntilItEnds(IntFunction<RollView> rolls) throws InterruptedException {
        var last = new ShutdownGrace(() -> rolls.apply(++looks), () -> now += STEP);

        last.await();

        return looks;
    }

    private static RollView roll(long revision, int instances, Health health) {
        var entries = IntStream.range(0, instances)
                .mapToObj(i -> new RollView.Entry(
                        Registration.of(ServiceName.LOG, HttpUrl.of("http://place:" + (i + 1))),
                        health,
                        health.isAnnounced(),
                        Instant.EPOCH,
                        new LastResponse()))
                .toList();
        return new RollView("epoch", revision, entries, Set.of());
    }
}
