package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
    private static final int STEPS = 120;

    static LongStream hundreds() {
        return LongStream.range(0, (SEEDS + 99) / 100);
    }

    /** It once counted entries sent to the address's former instance, of services that the new one does not require. */
    @ParameterizedTest
    @ValueSource(longs = {8_114, 9_796})
    void givenASeedThatOnceFailed_whenItIsRun_thenAllViewsAreRight(long seed) {
        assertThatCode(() -> new Simulation(seed).run(STEPS)).doesNotThrowAnyException();
    }

    @Test
    void givenAWallClockThatJumps_whenAllElseIsTheSame_thenDecisionsAreTheSame() {
        for (var seed = 0; seed < 20; seed++) {
            var steady = new Simulation(seed, true);
            var jumping = new Simulation(seed, false);

            steady.run(STEPS);
            jumping.run(STEPS);

            assertThat(jumping.transcript()).as("seed %d", seed).isEqualTo(steady.transcript());
        }
    }

    @ParameterizedTest
    @MethodSource("hundreds")
    void givenProcessesThatComeAndDieOverABadNetwork_whenItIsQuiet_thenAllViewsAreRight(long hundred) {
        for (var seed = 100 * hundred; seed < Math.min(SEEDS, 100 * hundred + 100); seed++) {
            var simulation = new Simulation(seed);

            assertThatCode(() -> simulation.run(STEPS)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }
}
