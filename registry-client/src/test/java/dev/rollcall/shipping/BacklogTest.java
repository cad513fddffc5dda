package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BacklogTest {
    private static final long SIZE = Held.sizeOf(Samples.record("x"));
    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void givenRecords_whenOffered_thenTheyAreNumberedFromOne() {
        var backlog = backlogFor(10);

        backlog.offer(Samples.record("a"), 0);
        backlog.offer(Samples.record("b"), 0);

        assertThat(backlog.head(Long.MAX_VALUE, ALL)).extracting(Held::sequence).containsExactly(1L, 2L);
        assertThat(backlog.stats()).isEqualTo(new ShippingStats(2, 0, 0, 2, 2 * SIZE));
    }

    @Test
    void givenNoRoom_whenOffered_thenTheNewestIsDroppedAndANoticeTakesItsPlaceAsSoonAsThereIsRoom() {
        var backlog = backlogFor(2);
        for (var message : "abcd".split("")) {
            backlog.offer(Samples.record(message), 0);
        }

        backlog.acknowledge(2, 0);
        backlog.offer(Samples.record("e"), 0);

        assertThat(backlog.head(Long.MAX_VALUE, ALL))
                .extracting(held -> held.sequence() + " " + held.record().message())
                .containsExactly("3 2 log records dropped");
        assertThat(backlog.stats().dropped()).isEqualTo(3);
    }

    @Test
    void givenDropsAreAnnounced_whenThereIsRoomForMore_thenRecordsFollowTheNotice() {
        var backlog = backlogFor(4);
        for (var message : "abcdef".split("")) {
            backlog.offer(Samples.record(message), 0);
        }

        backlog.acknowledge(4, 0);
        backlog.offer(Samples.record("g"), 0);

        assertThat(backlog.head(Long.MAX_VALUE, ALL))
                .extracting(held -> held.record().message())
                .containsExactly("2 log records dropped", "g");
    }

    @Test
    void givenManyRecords_whenTheHeadIsTaken_thenItKeepsBothBounds() {
        var backlog = backlogFor(10);
        for (var i = 0; i < 5; i++) {
            backlog.offer(Samples.record("x"), 0);
        }

        assertThat(backlog.head(3 * SIZE - 1, ALL)).hasSize(2);
        assertThat(backlog.head(3 * SIZE, ALL)).hasSize(3);
        assertThat(backlog.head(Long.MAX_VALUE, 4)).hasSize(4);
        assertThat(backlog.head(1, ALL)).hasSize(1);
    }

    @Test
    void givenARefusedRecord_whenGivenUp_thenANoticeStandsInItsPlaceAndIsNotReplacedAgain() {
        var backlog = backlogFor(10);
        backlog.offer(Samples.record("a"), 0);
        backlog.offer(Samples.record("b"), 0);

        backlog.refuse(Samples.record("refused"), 0);

        assertThat(backlog.head(Long.MAX_VALUE, ALL))
                .extracting(held -> held.sequence() + " " + held.record().message())
                .containsExactly("1 refused", "2 b");

        backlog.refuse(Samples.record("refused"), 0);

        assertThat(backlog.firstSequence()).isEqualTo(2);
        assertThat(backlog.stats().dropped()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenRandomSteps_whenComparedWithANaiveModel_thenNothingIsLostUnannounced(long seed) {
        var random = new Random(seed);
        var backlog = backlogFor(20);
        var model = new ArrayDeque<Long>();
        var next = 1L;
        for (var step = 0; step < 5_000; step++) {
            if (random.nextInt(100) < 60) {
                backlog.offer(Samples.record("x".repeat(random.nextInt(300))), step);
            } else {
                backlog.acknowledge(backlog.firstSequence() + random.nextInt(5) - 1, step);
            }
            var held = backlog.head(Long.MAX_VALUE, ALL);
            model.clear();
            held.forEach(h -> model.add(h.sequence()));
            var first = backlog.firstSequence();
            var stats = backlog.stats();

            assertThat(model)
                    .as("seed %d, step %d", seed, step)
                    .containsExactlyElementsOf(
                            LongStream.range(first, first + held.size()).boxed().toList());
            assertThat(stats.produced())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(stats.acknowledged() + stats.dropped() + stats.bufferedRecords());
            assertThat(stats.bufferedBytes())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(held.stream().mapToLong(Held::bytes).sum())
                    .isLessThanOrEqualTo(20 * SIZE);
            assertThat(first).isGreaterThanOrEqualTo(next);
            next = first;
        }
    }

    private static Backlog backlogFor(int records) {
        return new Backlog(records * SIZE, Samples::notice);
    }
}
