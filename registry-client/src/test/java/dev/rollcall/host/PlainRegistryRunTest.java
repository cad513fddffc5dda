package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of instances under plain registries, whenever these restart; many seeds each. */
final class PlainRegistryRunTest {
    private static final int SEEDS = 60;
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration DISTURBED = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6, 9})
    void givenHealthyRegistryThatProbesOneAfterAnother_whenTimePasses_thenEachRegistersOnce(int instances) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var run = new PlainRegistryRun(seed, instances, PAUSE, false);

            run.run(DISTURBED);

            assertThat(run.registrations()).as(run.transcript()).isEqualTo(instances);
        }
    }

    /** Each has to learn an interval that is longer than the first limit of 30 s. */
    @ParameterizedTest
    @ValueSource(ints = {15, 30, 60})
    void givenHealthyRegistryWithMany_whenTimePasses_thenEachRegistersAFewTimesMoreAtMost(int instances) {
        for (var seed = 0; seed < SEEDS / 6; seed++) {
            var run = new PlainRegistryRun(seed, instances, PAUSE, true);
            run.run(Duration.ofMinutes(30));
            var learned = run.registrations();

            run.run(Duration.ofMinutes(30));

            assertThat(learned).isLessThanOrEqualTo(5 * instances);
            assertThat(run.registrations()).isEqualTo(learned);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void givenHonestRegistryThatRestartsAtRandom_whenItStays_thenEachIsListedOnceWithinAMinute(int instances) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var run = new PlainRegistryRun(seed, instances, PAUSE, true);
            run.run(DISTURBED, Duration.ofSeconds(45));

            run.run(Duration.ofMinutes(1));

            assertThat(run.listings()).as(run.transcript()).isEqualTo(Collections.nCopies(instances, 1L));
        }
    }

    /** Recovery may take as long as the disturbance did, because each instance grows more patient. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void givenRegistryThatRestartsAndSaysNothing_whenItStays_thenEachIsListedOnceInTime(int instances) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var run = new PlainRegistryRun(seed, instances, PAUSE, false);
            run.run(DISTURBED, Duration.ofSeconds(45));

            run.run(DISTURBED.plus(PAUSE.multipliedBy(10)));

            assertThat(run.listings()).as(run.transcript()).isEqualTo(Collections.nCopies(instances, 1L));
        }
    }

    /** No registration is lost for good; the cost is one registration each time that the age doubles. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void givenRegistryThatNeverProbes_whenItRestarts_thenEachIsListedBeforeItsAgeHasDoubled(int instances) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var run = new PlainRegistryRun(seed, instances, Duration.ZERO, false);
            run.run(DISTURBED, Duration.ofMinutes(2));

            run.run(DISTURBED.plus(PAUSE.multipliedBy(10)));

            assertThat(run.listings()).as(run.transcript()).isEqualTo(Collections.nCopies(instances, 1L));
            assertThat(run.registrations()).as(run.transcript()).isLessThanOrEqualTo(6 * instances);
        }
    }
}
