package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SequenceLedgerTest {
    private final SequenceLedger ledger = new SequenceLedger(List.of(), 3);

    @ParameterizedTest
    @CsvSource({
        "4, 6, 0, 6",
        "3, 6, 1, 6",
        "1, 6, 3, 6",
        "1, 3, 3, 3",
        "1, 2, 2, 3",
    })
    void givenThreeAreStored_whenMoreCome_thenTheKnownAreSkipped(long first, long last, int skip, long ack) {
        admit("a", 1, 3);

        var decision = admit("a", first, last);

        assertThat(decision)
                .isEqualTo(new SequenceLedger.Decision(
                        bytesOf("a", first, skip), new AppendResult.Stored(OptionalLong.of(ack))));
    }

    @Test
    void givenThreeAreStored_whenTheFifthComes_thenThereIsAGap() {
        admit("a", 1, 3);

        assertThat(admit("a", 5, 5).result()).isEqualTo(new AppendResult.Gap(3));
    }

    @Test
    void givenAGroup_whenItIsNotCommitted_thenItNeverWas() {
        var transaction = ledger.begin();
        transaction.admit(request("a", 1, 3), Lines.NOW);
        assertThat(transaction.admit(request("a", 4, 5), Lines.NOW).result())
                .isEqualTo(new AppendResult.Stored(OptionalLong.of(5)));

        assertThat(ledger.accounts()).isEmpty();
        assertThat(admit("a", 9, 9).result()).isEqualTo(new AppendResult.Stored(OptionalLong.of(9)));
    }

    @Test
    void givenAGapRecord_whenPartOfItIsStoredAlready_thenOnlyTheRestCountsAsDropped() {
        admit("a", 1, 5);
        var gap = Lines.builder("a", 4, 9).gap(4, 8).record(9).build();

        var transaction = ledger.begin();
        var decision = transaction.admit(gap, Lines.NOW);
        transaction.commit();

        assertThat(decision).isEqualTo(new SequenceLedger.Decision(0, new AppendResult.Stored(OptionalLong.of(9))));
        var account = ledger.accounts().get(0);
        assertThat(account.received()).isEqualTo(6);
        assertThat(account.dropped()).isEqualTo(3);
        assertThat(account.unaccounted()).isZero();
    }

    @Test
    void givenMoreProducersThanTheBound_whenOneComes_thenTheOneNotHeardForLongestIsForgotten() {
        admit("a", 1, 1);
        admit("b", 1, 1);
        admit("c", 1, 1);
        admit("a", 2, 2);
        admit("d", 1, 1);

        assertThat(ledger.accounts()).extracting(ProducerAccount::producer).containsExactly("c", "a", "d");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givenRandomRequests_whenComparedWithANaiveModel_thenEachSequenceIsStoredOnceAndInOrder(long seed) {
        var random = new Random(seed);
        Map<String, Long> model = new HashMap<>();
        for (var step = 0; step < 5_000; step++) {
            var producer = List.of("a", "b", "c").get(random.nextInt(3));
            var stored = model.get(producer);
            var first = (stored == null ? 1 : Math.max(1, stored - 3)) + random.nextInt(6);
            var last = first + random.nextInt(5);

            var decision = admit(producer, first, last);

            if (stored != null && first > stored + 1) {
                assertThat(decision.result())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(new AppendResult.Gap(stored));
                continue;
            }
            var known = stored == null
                    ? 0
                    : (int) LongStream.rangeClosed(first, last)
                            .filter(s -> s <= stored)
                            .count();
            model.merge(producer, last, Math::max);
            assertThat(decision)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(new SequenceLedger.Decision(
                            bytesOf(producer, first, known),
                            new AppendResult.Stored(OptionalLong.of(model.get(producer)))));
        }
    }

    private static int bytesOf(String producer, long first, long count) {
        return count == 0 ? 0 : request(producer, first, first + count - 1).length();
    }

    private SequenceLedger.Decision admit(String producer, long first, long last) {
        var transaction = ledger.begin();
        var decision = transaction.admit(request(producer, first, last), Lines.NOW);
        transaction.commit();
        return decision;
    }

    private static AppendRequest request(String producer, long first, long last) {
        return Lines.numbered(producer, first, last);
    }
}
