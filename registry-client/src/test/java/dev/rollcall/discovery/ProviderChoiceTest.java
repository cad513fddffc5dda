package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProviderChoiceTest {
    private static final List<Provider> FOUR =
            IntStream.range(1, 5).mapToObj(ProviderChoiceTest::provider).toList();

    @Test
    void givenOne_whenChosenByPowerOfTwo_thenThatOne() {
        var chosen = ProviderChoice.powerOfTwo().choose(FOUR.subList(0, 1), p -> 99);

        assertThat(chosen).isEqualTo(FOUR.get(0));
    }

    @Test
    void givenTwo_whenChosenByPowerOfTwo_thenAlwaysTheOneWithFewerCalls() {
        var two = FOUR.subList(0, 2);

        for (var i = 0; i < 100; i++) {
            assertThat(ProviderChoice.powerOfTwo().choose(two, p -> p.equals(two.get(0)) ? 3 : 2))
                    .isEqualTo(two.get(1));
        }
    }

    @Test
    void givenFour_whenChosenByPowerOfTwo_thenNeverTheBusiestAndEachOfTheOthersSometimes() {
        var chosen = new HashMap<Provider, Integer>();

        for (var i = 0; i < 1_000; i++) {
            chosen.merge(ProviderChoice.powerOfTwo().choose(FOUR, FOUR::indexOf), 1, Integer::sum);
        }

        assertThat(chosen).containsOnlyKeys(FOUR.subList(0, 3));
    }

    @Test
    void givenCallsThatStayOpen_whenChosenByPowerOfTwo_thenNearlyEven() {
        var inFlight = new HashMap<Provider, Integer>();

        for (var i = 0; i < 4_000; i++) {
            var chosen = ProviderChoice.powerOfTwo().choose(FOUR, p -> inFlight.getOrDefault(p, 0));
            inFlight.merge(chosen, 1, Integer::sum);
        }

        assertThat(inFlight.values())
                .hasSize(4)
                .allSatisfy(count -> assertThat(count).isBetween(980, 1_020));
    }

    @Test
    void givenFour_whenChosenByRoundRobin_thenInTurn() {
        var choice = ProviderChoice.roundRobin();

        var chosen =
                IntStream.range(0, 6).mapToObj(i -> choice.choose(FOUR, p -> 0)).toList();

        assertThat(chosen)
                .containsExactly(FOUR.get(0), FOUR.get(1), FOUR.get(2), FOUR.get(3), FOUR.get(0), FOUR.get(1));
    }

    private static Provider provider(int number) {
        return new Provider(ServiceName.LOG, HttpUrl.of("http://localhost:400" + number), "", Map.of());
    }
}
