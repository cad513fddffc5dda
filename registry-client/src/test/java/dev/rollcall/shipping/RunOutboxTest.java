package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunOutboxTest {
    private static final int ALL = Integer.MAX_VALUE;
    private static final int SIZE = Samples.line(1, "x").bytes();

    private final FakeDisk disk = new FakeDisk(new Random(1));
    private final SequenceCounters sequenceCounters = SequenceCounters.inMemory();

    @Test
    void givenRecords_whenOffered_thenTheyAreThereInOrder() throws IOException {
        var runOutbox = spilling();

        offer(runOutbox, 1, 3);
        runOutbox.persist();

        assertThat(runOutbox.memoryBytes()).isZero();
        assertThat(messages(runOutbox)).containsExactly("m1", "m2", "m3");
    }

    @Test
    void givenNoDisk_whenOffered_thenTheyAreThereAllTheSame() throws IOException {
        var runOutbox = RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, null, () -> Samples.TIME);

        offer(runOutbox, 1, 3);
        runOutbox.persist();

        assertThat(messages(runOutbox)).containsExactly("m1", "m2", "m3");
    }

    @Test
    void givenManyRecords_whenTheHeadIsTaken_thenItKeepsBothBounds() throws IOException {
        var runOutbox = spilling();
        for (var i = 1; i <= 5; i++) {
            runOutbox.offer(Samples.line(i, "x"), 0);
        }
        runOutbox.persist();

        assertThat(runOutbox.head(3 * SIZE - 1, ALL)).hasSize(2);
        assertThat(runOutbox.head(3 * SIZE, ALL)).hasSize(3);
        assertThat(runOutbox.head(Long.MAX_VALUE, 4)).hasSize(4);
        assertThat(runOutbox.head(1, ALL)).hasSize(1);
    }

    @Test
    void givenDrops_whenMoreComes_thenAGapStandsBetween() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 2);
        runOutbox.drop(3, 1, "full", 0);
        runOutbox.drop(4, 2, "full", 0);

        offer(runOutbox, 6, 6);
        runOutbox.persist();

        assertThat(messages(runOutbox)).containsExactly("m1", "m2", "3-5 full", "m6");
        assertThat(runOutbox.droppedRecords()).isEqualTo(3);
    }

    @Test
    void givenDropsAtTheEnd_whenNothingComesAfterThem_thenTheHeadAnnouncesThemAllTheSame() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 2);
        runOutbox.persist();
        runOutbox.acknowledge(runOutbox.head(Long.MAX_VALUE, ALL).get(1).last());

        runOutbox.drop(3, 2, "full", 0);

        assertThat(runOutbox.isEmpty()).isFalse();
        assertThat(messages(runOutbox)).containsExactly("3-4 full");
        runOutbox.acknowledge(4);
        assertThat(runOutbox.isEmpty()).isTrue();
        offer(runOutbox, 5, 5);
        assertThat(messages(runOutbox)).containsExactly("m5");
    }

    @Test
    void givenDropsForTwoReasons_whenAnnounced_thenThereAreTwoGaps() {
        var runOutbox = spilling();
        runOutbox.drop(1, 1, "full", 0);
        runOutbox.drop(2, 2, "nearly full", 0);

        runOutbox.announceDrops(0);

        assertThat(messages(runOutbox)).containsExactly("1-1 full", "2-3 nearly full");
    }

    @Test
    void givenARefusedRecord_whenGivenUp_thenAGapStandsInItsPlaceAndIsNotReplacedAgain() {
        var runOutbox = spilling();
        offer(runOutbox, 1, 2);
        messages(runOutbox);

        runOutbox.dropHead("refused");

        assertThat(messages(runOutbox)).containsExactly("1-1 refused", "m2");

        runOutbox.dropHead("refused");

        assertThat(runOutbox.firstSequence()).isEqualTo(2);
        assertThat(runOutbox.droppedRecords()).isEqualTo(1);
    }

    @Test
    void givenADiskThatTakesNothing_whenItIsWellAgain_thenNothingIsMissingAndNothingIsThereTwice() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 10);
        runOutbox.persist();
        disk.fail(EnumSet.of(Operation.APPEND, Operation.FLUSH, Operation.OPEN));
        offer(runOutbox, 11, 20);
        settleOrNot(runOutbox);
        assertThat(runOutbox.isSettled()).isFalse();
        assertThat(runOutbox.head(Long.MAX_VALUE, 15)).hasSize(15);

        disk.heal();
        offer(runOutbox, 21, 30);
        runOutbox.persist();

        assertThat(runOutbox.isSettled()).isTrue();
        assertThat(messages(runOutbox)).isEqualTo(names(1, 30));
    }

    @Test
    void givenAnEndedRun_whenTakenOver_thenWhatWasNotWrittenIsAnnounced() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 5);
        runOutbox.persist();
        LongStream.rangeClosed(1, 8).forEach(i -> sequenceCounters.produce());

        var next = left();

        assertThat(messages(next))
                .containsExactly("m1", "m2", "m3", "m4", "m5", "6-8 the process ended before they were written down");
    }

    @Test
    void givenAnEndedRun_whenItHadBeenAcknowledged_thenOnlyTheRestIsLeft() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 5);
        runOutbox.persist();
        LongStream.rangeClosed(1, 5).forEach(i -> sequenceCounters.produce());
        messages(runOutbox);
        runOutbox.acknowledge(3);

        assertThat(messages(left())).containsExactly("m4", "m5");
    }

    @Test
    void givenAnEndedRun_whenTheLogServiceHasMoreThanItKnew_thenThatIsPassedOver() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 5);
        runOutbox.drop(6, 4, "full", 0);
        offer(runOutbox, 10, 12);
        runOutbox.persist();
        LongStream.rangeClosed(1, 12).forEach(i -> sequenceCounters.produce());
        var next = left();
        next.head(Long.MAX_VALUE, 1);

        next.acknowledge(7);

        assertThat(messages(next)).containsExactly("8-9 full", "m10", "m11", "m12");
    }

    @Test
    void givenADamagedFrame_whenRead_thenItIsAnnouncedAndTheOthersAreThere() throws IOException {
        var runOutbox = spilling();
        offer(runOutbox, 1, 5);
        runOutbox.persist();
        LongStream.rangeClosed(1, 5).forEach(i -> sequenceCounters.produce());
        var name = file();
        var content = disk.content(name);
        content[content.length / 2] ^= 1;
        disk.put(name, content);

        assertThat(messages(left()))
                .containsExactly("m1", "m2", "3-3 they were lost with a part of the spill", "m4", "m5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givenRandomSteps_whenTheDiskFailsAndTheProcessIsKilled_thenTheAccountClosesToTheRecord(long seed) {
        for (var round = 0; round < 40; round++) {
            new History(new Random(seed * 1_000 + round), seed * 1_000 + round).play();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givenThePowerFails_whenTheNextStartReads_thenWhatWasSyncedIsThereAndNothingIsWrong(long seed)
            throws IOException {
        for (var round = 0; round < 40; round++) {
            losePower(seed * 1_000 + round);
        }
    }

    private static void losePower(long seed) throws IOException {
        var random = new Random(seed);
        var disk = new FakeDisk(random);
        var sequenceCounters = SequenceCounters.inMemory();
        var runOutbox =
                RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, Spill.open(disk, 2_000), () -> Samples.TIME);
        var synced = 0L;
        disk.losePowerAt(random.nextInt(300) + 1);
        while (!disk.hasLostPower()) {
            sequenceCounters.produce();
            runOutbox.offer(Samples.line(sequenceCounters.produced(), "m" + sequenceCounters.produced()), 0);
            try {
                if (random.nextInt(3) == 0) {
                    runOutbox.persist();
                }
                if (random.nextInt(10) == 0) {
                    runOutbox.persist();
                    runOutbox.sync();
                    synced = sequenceCounters.produced();
                }
                if (random.nextInt(10) == 0) {
                    // what is sent before it is on disk never gets there
                    runOutbox.persist();
                    runOutbox.head(Long.MAX_VALUE, 1 + random.nextInt(20));
                    runOutbox.acknowledge(runOutbox.firstSequence() + random.nextInt(5));
                }
            } catch (IOException | UncheckedIOException e) {
                assertThat(disk.hasLostPower()).as("seed %d", seed).isTrue();
            }
        }

        var next = RunOutbox.forEndedRun(
                Samples.ORIGIN,
                older(sequenceCounters, random),
                Spill.open(disk.afterPowerLoss(), 2_000),
                () -> Samples.TIME);

        var first = next.firstSequence();
        for (var spillEntry : next.head(Long.MAX_VALUE, ALL)) {
            assertThat(spillEntry.first()).as("seed %d", seed).isEqualTo(first);
            if (spillEntry instanceof EncodedRecord) {
                assertThat(Samples.messageOf(spillEntry)).as("seed %d", seed).isEqualTo("m" + first);
            } else {
                assertThat(spillEntry.last() <= runOutbox.firstSequence() - 1 || spillEntry.last() > synced)
                        .as("seed %d: %s is missing, synced was %d", seed, spillEntry, synced)
                        .isTrue();
            }
            first = spillEntry.last() + 1;
        }
        // acknowledged records may be gone, because the log service has them
        assertThat(first > synced || synced < runOutbox.firstSequence())
                .as("seed %d: it ends before %d, synced was %d", seed, first, synced)
                .isTrue();
    }

    /** A page that the disk has in an earlier state. */
    private static SequenceCounters older(SequenceCounters sequenceCounters, Random random) {
        var older = SequenceCounters.inMemory();
        var produced = random.nextLong(sequenceCounters.produced() + 1);
        for (var i = 0L; i < produced; i++) {
            older.produce();
        }
        older.acknowledge(random.nextLong(sequenceCounters.acknowledged() + 1));
        return older;
    }

    /** One session with failures, killed at the end, and the next one, which ships what it left. */
    private static final class History {
        private final Random random;
        private final long seed;
        private final FakeDisk disk;
        private final SequenceCounters sequenceCounters = SequenceCounters.inMemory();
        private final Set<Long> stored = new TreeSet<>();
        private final Set<Long> announced = new TreeSet<>();
        private long last;

        History(Random random, long seed) {
            this.random = random;
            this.seed = seed;
            this.disk = new FakeDisk(new Random(seed));
        }

        void play() {
            var runOutbox = backlogOf(disk, false);
            var sequence = 0L;
            for (var step = 0; step < 200; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> disk.failAtRandom(0.3);
                    case 1 -> disk.heal();
                    case 2 -> runOutbox.drop(sequence + 1, produce(3), "full", step);
                    case 3 -> send(runOutbox, random.nextInt(20) + 1, random.nextBoolean());
                    case 4 -> dropOldest(runOutbox);
                    case 5 -> settleOrNot(runOutbox);
                    default ->
                        runOutbox.offer(Samples.line(sequence + produce(1), "x".repeat(random.nextInt(200))), step);
                }
                sequence = sequenceCounters.produced();
            }
            // logged records that never reached the outbox
            produce(random.nextInt(3));
            disk.heal();
            var next = backlogOf(disk, true);
            for (var attempt = 0; attempt < 10_000 && !next.head(1, 1).isEmpty(); attempt++) {
                send(next, random.nextInt(20) + 1, random.nextInt(4) > 0);
            }

            var all = new TreeSet<>(stored);
            all.addAll(announced);
            assertThat(all)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, sequenceCounters.produced())
                            .boxed()
                            .toList());
            assertThat(stored.size() + announced.size()).as("seed %d", seed).isEqualTo((int)
                    sequenceCounters.produced());
        }

        private long produce(int count) {
            for (var i = 0; i < count; i++) {
                sequenceCounters.produce();
            }
            return count;
        }

        /** Stores what is new, as the log service does; sometimes its response is lost. */
        private void send(RunOutbox runOutbox, int count, boolean isAnswered) {
            List<SpillEntry> entries;
            try {
                entries = runOutbox.head(Long.MAX_VALUE, count);
            } catch (UncheckedIOException e) {
                return;
            }
            for (var spillEntry : entries) {
                assertThat(spillEntry.first()).as("seed %d", seed).isLessThanOrEqualTo(last + 1);
                for (var i = Math.max(spillEntry.first(), last + 1); i <= spillEntry.last(); i++) {
                    assertThat((spillEntry instanceof DroppedRange ? announced : stored).add(i))
                            .isTrue();
                    last = i;
                }
            }
            if (isAnswered && !entries.isEmpty()) {
                runOutbox.acknowledge(last);
            }
        }

        private static void dropOldest(RunOutbox runOutbox) {
            try {
                runOutbox.dropOldest();
            } catch (IOException e) {
                // not now
            }
        }

        private RunOutbox backlogOf(RecordDirectory directory, boolean isEnded) {
            try {
                var spill = Spill.open(directory, 2_000);
                return isEnded
                        ? RunOutbox.forEndedRun(Samples.ORIGIN, sequenceCounters, spill, () -> Samples.TIME)
                        : RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, spill, () -> Samples.TIME);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String file() {
        return disk.files().iterator().next();
    }

    private static void settleOrNot(RunOutbox runOutbox) {
        try {
            runOutbox.persist();
        } catch (IOException e) {
            // stays in memory
        }
    }

    private RunOutbox spilling() {
        return RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, spill(), () -> Samples.TIME);
    }

    private RunOutbox left() {
        return RunOutbox.forEndedRun(Samples.ORIGIN, sequenceCounters, spill(), () -> Samples.TIME);
    }

    private Spill spill() {
        try {
            return Spill.open(disk, 1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void offer(RunOutbox runOutbox, int first, int last) {
        for (var i = first; i <= last; i++) {
            runOutbox.offer(Samples.line(i, "m" + i), 0);
        }
    }

    private static List<String> messages(RunOutbox runOutbox) {
        return runOutbox.head(Long.MAX_VALUE, ALL).stream()
                .map(Samples::messageOf)
                .toList();
    }

    private static List<String> names(int first, int last) {
        var names = new ArrayList<String>();
        for (var i = first; i <= last; i++) {
            names.add("m" + i);
        }
        return names;
    }
}
