package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollReplay;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal and its snapshot on a disk that loses power and refuses to write. */
final class RollFilesTest {
    private static final int SEEDS = Integer.getInteger("journal.seeds", 500);
    private static final JournalSettings SMALL = new JournalSettings(2_000, 1, 1 << 20);
    private static final JournalSettings NEVER_COMPACTED = new JournalSettings(1 << 30, 1, 1 << 20);

    @Test
    void givenAnEmptyDisk_whenOpened_thenTheEpochBeginsOnce() throws IOException {
        var disk = disk();

        var first = RollFiles.open(disk, SMALL, "first").state();
        var second = RollFiles.open(disk.afterPowerLoss(), SMALL, "second").state();

        assertThat(first).isEqualTo(new RollState("first", 0, 0, List.of(), List.of()));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void givenAJournalCutAtAnyByte_whenOpened_thenWholeFramesAreThereAndItContinues() throws IOException {
        var entries = entries(5);
        var disk = written(entries);
        var journal = disk.content(RollFiles.JOURNAL);
        for (var cut = 0; cut <= journal.length; cut++) {
            var torn = disk();
            torn.put(RollFiles.JOURNAL, Arrays.copyOf(journal, cut));
            var more = entries(6).get(5);

            var files = RollFiles.open(torn, NEVER_COMPACTED, "epoch");
            var state = files.state();
            files.append(List.of(more));

            assertThat(state).as("cut at %d", cut).isIn(prefixes(entries, 0));
            assertThat(RollFiles.open(torn.afterPowerLoss(), SMALL, "other").state())
                    .as("cut at %d", cut)
                    .isEqualTo(files.state());
        }
    }

    @Test
    void givenAnyBitOfTheJournalFlipped_whenOpened_thenOnlyThatFrameIsLost() throws IOException {
        var entries = entries(4);
        var disk = written(entries);
        var journal = disk.content(RollFiles.JOURNAL);
        var lastFrame = journal.length - entries.get(entries.size() - 1).frame().length;
        var allButOne = allButOne(entries);
        for (var bit = 0; bit < journal.length * 8; bit++) {
            var corrupt = disk();
            corrupt.put(RollFiles.JOURNAL, flipped(journal, bit));

            var files = RollFiles.open(corrupt, SMALL, "other");

            // at the end it may also have been a crash
            assertThat(files.corruption().isPresent()).as("bit %d", bit).isEqualTo(bit / 8 < lastFrame);
            assertThat(files.state().entries()).as("bit %d", bit).isIn(allButOne);
        }
    }

    /** Returns the possible rolls when none of the entries, or one, is missing. */
    private static List<List<RollState.Entry>> allButOne(List<JournalEntry> entries) {
        var all = new ArrayList<List<RollState.Entry>>();
        for (var missing = -1; missing < entries.size(); missing++) {
            var replay = new RollReplay();
            for (var i = 0; i < entries.size(); i++) {
                if (i != missing) {
                    entries.get(i).records().forEach(replay::apply);
                }
            }
            all.add(replay.state().entries());
        }
        return all;
    }

    @Test
    void givenAnyBitOfTheSnapshotFlipped_whenOpened_thenItIsRefused() throws IOException {
        var disk = written(entries(3));
        RollFiles.open(disk, SMALL, "epoch").compact();
        var snapshot = disk.content(RollFiles.SNAPSHOT);
        for (var bit = 0; bit < snapshot.length * 8; bit++) {
            disk.put(RollFiles.SNAPSHOT, flipped(snapshot, bit));

            assertThatThrownBy(() -> RollFiles.open(disk, SMALL, "epoch"))
                    .as("bit %d", bit)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("roll.snapshot can't be used: it is corrupt at byte ");
        }
    }

    @Test
    void givenASnapshotThatEndsBetweenFrames_whenOpened_thenItIsRefused() throws IOException {
        var disk = written(entries(3));
        RollFiles.open(disk, SMALL, "epoch").compact();
        var snapshot = disk.content(RollFiles.SNAPSHOT);
        var last = JournalFormat.frame(List.of(new JournalRecord.Settled(0))).length;
        disk.put(RollFiles.SNAPSHOT, Arrays.copyOf(snapshot, snapshot.length - last));

        assertThatThrownBy(() -> RollFiles.open(disk, SMALL, "epoch")).hasMessageContaining("corrupt");
    }

    @Test
    void givenAJournalWhoseSnapshotIsMissing_whenOpened_thenItIsRefused() throws IOException {
        var disk = written(entries(3));
        RollFiles.open(disk, SMALL, "epoch").compact();
        disk.delete(RollFiles.SNAPSHOT);

        assertThatThrownBy(() -> RollFiles.open(disk, SMALL, "epoch"))
                .hasMessage("roll.journal can't be used: the roll.snapshot that it continues is missing");
    }

    @Test
    void givenALargeJournal_whenCompacted_thenTheFilesAreSmallAndTheStateIsTheSame() throws IOException {
        var entries = entries(400);
        var disk = disk();
        var files = RollFiles.open(disk, SMALL, "epoch");
        for (var entry : entries) {
            files.append(List.of(entry));
            if (files.isCompactionDue()) {
                files.compact();
            }
        }

        var reopened = RollFiles.open(disk.afterPowerLoss(), SMALL, "other");

        assertThat(reopened.state()).isEqualTo(files.state()).isEqualTo(stateOf(entries));
        assertThat(disk.content(RollFiles.JOURNAL).length).isLessThan(10_000);
        assertThat(disk.files()).containsExactlyInAnyOrder(RollFiles.JOURNAL, RollFiles.SNAPSHOT);
    }

    @Test
    void givenAPowerLossAtAnyStepOfACompaction_whenOpened_thenNothingIsLost() throws IOException {
        var entries = entries(20);
        for (var seed = 0; seed < 50; seed++) {
            var hasFinished = false;
            for (var step = 1; !hasFinished; step++) {
                var disk = new FakeDisk(new Random(seed));
                var files = RollFiles.open(disk, NEVER_COMPACTED, "epoch");
                files.append(entries);
                disk.losePowerAt(step);

                hasFinished = !isRefused(files::compact);

                assertThat(RollFiles.open(disk.afterPowerLoss(), SMALL, "other").state())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(stateOf(entries));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"MAP", "FLUSH"},
            mode = EnumSource.Mode.EXCLUDE)
    void givenACompactionThatFails_whenTheDiskWorksAgain_thenNothingIsLost(Operation fault) throws IOException {
        var entries = entries(22);
        for (var seed = 0; seed < 20; seed++) {
            var disk = new FakeDisk(new Random(seed));
            var files = RollFiles.open(disk, NEVER_COMPACTED, "epoch");
            files.append(entries.subList(0, 20));
            disk.fail(Set.of(fault));
            var hasFailed = isRefused(files::compact);
            var isTold = isRefused(() -> files.append(entries.subList(20, 21)));
            disk.heal();

            files.append(entries.subList(21, 22));

            var expected = new ArrayList<>(entries);
            if (isTold) {
                expected.remove(20);
            }
            assertThat(hasFailed)
                    .isEqualTo(!EnumSet.of(Operation.READ, Operation.DELETE).contains(fault));
            assertThat(RollFiles.open(disk.afterPowerLoss(), SMALL, "other").state())
                    .as("seed %d", seed)
                    .isEqualTo(stateOf(expected));
        }
    }

    @Test
    void givenAFullDisk_whenAppended_thenNothingStaysAndItRecoversByItself() throws IOException {
        var entries = entries(3);
        var disk = disk();
        var files = RollFiles.open(disk, SMALL, "epoch");
        files.append(entries.subList(0, 1));
        var before = disk.content(RollFiles.JOURNAL);
        disk.fail(Set.of(Operation.APPEND));

        var isTold = isRefused(() -> files.append(entries.subList(1, 2)));
        files.repair();

        assertThat(isTold).isTrue();
        assertThat(disk.content(RollFiles.JOURNAL)).isEqualTo(before);

        disk.heal();
        files.append(entries.subList(2, 3));

        assertThat(files.state()).isEqualTo(stateOf(List.of(entries.get(0), entries.get(2))));
        assertThat(RollFiles.open(disk.afterPowerLoss(), SMALL, "other").state())
                .isEqualTo(files.state());
    }

    @Test
    void givenPowerLossesAtRandom_whenOpenedAgain_thenWhatWasAcknowledgedIsThere() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var life = new Life(seed, 0);

            assertThatCode(() -> life.live(4)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    @Test
    void givenFaultsAndPowerLossesAtRandom_whenOpenedAgain_thenWhatWasAcknowledgedIsThere() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var life = new Life(seed, 0.1);

            assertThatCode(() -> life.live(4)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static FakeDisk disk() {
        return new FakeDisk(new Random(1));
    }

    private static FakeDisk written(List<JournalEntry> entries) throws IOException {
        var disk = disk();
        RollFiles.open(disk, NEVER_COMPACTED, "epoch").append(entries);
        return disk;
    }

    private static List<JournalEntry> entries(int count) {
        var history = new JournalHistory(new Random(7));
        var entries = new ArrayList<JournalEntry>();
        for (var i = 0; i < count; i++) {
            entries.add(new JournalEntry(history.next()));
        }
        return entries;
    }

    private static RollState stateOf(List<JournalEntry> entries) {
        var records = new ArrayList<JournalRecord>(List.of(new JournalRecord.Began("epoch")));
        entries.forEach(entry -> records.addAll(entry.records()));
        return RollState.of(records);
    }

    /** Returns the state after the first so many entries, or some more of them. */
    private static List<RollState> prefixes(List<JournalEntry> entries, int from) {
        var states = new ArrayList<RollState>();
        for (var end = from; end <= entries.size(); end++) {
            states.add(stateOf(entries.subList(0, end)));
        }
        return states;
    }

    private static byte[] flipped(byte[] content, int bit) {
        var copy = content.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static boolean isRefused(Action action) {
        try {
            action.run();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** One journal through power losses and disk faults: one seed, one history. */
    private static final class Life {
        private final long seed;
        private final double faultRate;
        private final Random random;
        private final JournalHistory history;
        private final List<JournalEntry> acknowledged = new ArrayList<>();
        /** Groups refused since the last success; they may reappear after a power loss. */
        private final List<List<JournalEntry>> refused = new ArrayList<>();

        private FakeDisk disk;

        Life(long seed, double faultRate) {
            this.seed = seed;
            this.faultRate = faultRate;
            this.random = new Random(seed);
            this.history = new JournalHistory(random);
            this.disk = new FakeDisk(random);
        }

        void live(int powerLosses) throws IOException {
            for (var i = 0; i < powerLosses; i++) {
                disk.losePowerAt(1 + random.nextInt(120));
                work();
                disk = disk.afterPowerLoss();
                takeIn(RollFiles.open(disk, SMALL, "epoch").state());
            }
        }

        private void work() {
            RollFiles files;
            try {
                files = RollFiles.open(disk, SMALL, "epoch");
            } catch (IOException e) {
                assertThat(disk.hasLostPower()).as("seed %d", seed).isTrue();
                return;
            }
            disk.failAtRandom(faultRate);
            while (!disk.hasLostPower()) {
                step(files);
            }
        }

        private void step(RollFiles files) {
            var group = new ArrayList<JournalEntry>();
            for (var i = random.nextInt(4); i >= 0; i--) {
                group.add(new JournalEntry(history.next()));
            }
            if (isRefused(() -> files.append(group))) {
                refused.add(group);
                // as the journal does, unless it dies before
                isRefused(random.nextBoolean() ? files::repair : () -> {});
            } else {
                acknowledged.addAll(group);
                refused.clear();
            }
            if (files.isCompactionDue()) {
                isRefused(files::compact);
            }
            assertThat(files.state()).as("seed %d", seed).isEqualTo(stateOf(acknowledged));
        }

        /** Checks that the state is what was acknowledged, perhaps with the beginning of a refused group. */
        private void takeIn(RollState state) {
            var possible = new ArrayList<List<JournalEntry>>(List.of(List.of()));
            for (var group : refused) {
                for (var end = 1; end <= group.size(); end++) {
                    possible.add(group.subList(0, end));
                }
            }
            var found = possible.stream()
                    .filter(more -> state.equals(stateWith(more)))
                    .findFirst();
            assertThat(found).as("seed %d: %s", seed, state).isPresent();
            acknowledged.addAll(found.orElseThrow());
            refused.clear();
        }

        private RollState stateWith(List<JournalEntry> more) {
            var all = new ArrayList<>(acknowledged);
            all.addAll(more);
            return stateOf(all);
        }
    }
}
