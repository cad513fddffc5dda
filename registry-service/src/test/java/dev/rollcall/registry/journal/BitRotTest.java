package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit of the journal flips, anywhere in it. */
class BitRotTest {
    private static final int INSTANCES = 40;
    private static final int SEEDS = 400;

    @Test
    void givenAJournal_whenOneBitOfItIsFlipped_thenAtMostTheRecordsOfThatFrameAreLost() throws Exception {
        var whole = journal();
        for (var seed = 0; seed < SEEDS; seed++) {
            var at = new Random(seed).nextInt(whole.length);
            var disk = diskWith(flipped(whole, at, bit(seed)));

            try (var files = RollFiles.open(disk, JournalSettings.DEFAULT, "new epoch")) {
                var known = files.state().entries();

                assertThat(known).as("seed %d, byte %d", seed, at).hasSizeGreaterThanOrEqualTo(INSTANCES - 1);
                if (files.corruption().isPresent()) {
                    assertThat(files.state().epoch()).as("seed %d", seed).isEqualTo("new epoch");
                    assertThat(files.state().settled()).as("seed %d", seed).isZero();
                    assertThat(disk.content(files.corruptCopy()))
                            .as("seed %d", seed)
                            .isEqualTo(flipped(whole, at, bit(seed)));
                } else {
                    // the last frame: nothing follows it, so a crash may have torn it
                    assertThat(files.tornBytes()).as("seed %d", seed).isPositive();
                    assertThat(files.state().epoch()).as("seed %d", seed).isEqualTo("epoch");
                }
            }
        }
    }

    @Test
    void givenAJournalThatWasCorrupt_whenOpenedAgain_thenItIsValidAndHasAllLaterRecords() throws Exception {
        var whole = journal();
        for (var seed = 0; seed < SEEDS; seed++) {
            var disk = diskWith(flipped(whole, new Random(seed).nextInt(whole.length), bit(seed)));
            RollState first;
            try (var files = RollFiles.open(disk, JournalSettings.DEFAULT, "new epoch")) {
                files.append(List.of(new JournalEntry(List.of(registered(INSTANCES)))));
                first = files.state();
            }

            try (var files = RollFiles.open(disk.afterPowerLoss(), JournalSettings.DEFAULT, "another")) {
                assertThat(files.state()).as("seed %d", seed).isEqualTo(first);
                assertThat(files.corruption()).as("seed %d", seed).isEmpty();
                assertThat(files.tornBytes()).as("seed %d", seed).isZero();
            }
        }
    }

    @Test
    void givenACorruptJournal_whenThePowerFailsDuringRecovery_thenNothingElseIsLost() throws Exception {
        var whole = journal();
        var corrupt = flipped(whole, whole.length / 2, 3);
        for (var operation = 1; operation < 40; operation++) {
            var disk = diskWith(corrupt);
            disk.losePowerAt(operation);
            try (var files = RollFiles.open(disk, JournalSettings.DEFAULT, "new epoch")) {
                assertThat(files.corruption()).isPresent();
            } catch (IOException e) {
                assertThat(disk.hasLostPower()).isTrue();
            }

            try (var files = RollFiles.open(disk.afterPowerLoss(), JournalSettings.DEFAULT, "newer epoch")) {
                assertThat(files.state().entries())
                        .as("power lost at %d", operation)
                        .hasSizeGreaterThanOrEqualTo(INSTANCES - 1);
            }
        }
    }

    @Test
    void givenAJournalOfRubbish_whenOpened_thenItIsKeptAsideAndTheRollIsEmpty() throws Exception {
        var rubbish = new byte[5_000];
        new Random(7).nextBytes(rubbish);
        var disk = diskWith(rubbish);

        try (var files = RollFiles.open(disk, JournalSettings.DEFAULT, "epoch")) {
            assertThat(files.state().entries()).isEmpty();
            assertThat(files.state().epoch()).isEqualTo("epoch");
            assertThat(files.corruption()).contains(new RollRecovery.Corruption(5_000, 0));
            assertThat(disk.content(files.corruptCopy())).isEqualTo(rubbish);
        }
    }

    @Test
    void givenACorruptJournalOnDisk_whenOpened_thenTheCorruptFileIsKeptBesideIt(@TempDir Path directory)
            throws Exception {
        var corrupt = flipped(journal(), 500, 1);
        Files.write(directory.resolve(RollFiles.JOURNAL), corrupt);

        try (var journal = Journal.open(DiskDirectory.claim(directory), JournalSettings.DEFAULT, "new epoch")) {
            assertThat(journal.state().entries()).hasSizeGreaterThanOrEqualTo(INSTANCES - 1);
        }

        try (var names = Files.list(directory)) {
            assertThat(names.filter(n -> n.getFileName().toString().startsWith("roll.journal.damaged-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasBinaryContent(corrupt));
        }
    }

    private static int bit(int seed) {
        var random = new Random(seed);
        random.nextInt();
        return random.nextInt(8);
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        var copy = bytes.clone();
        copy[at] ^= (byte) (1 << bit);
        return copy;
    }

    private static FakeDisk diskWith(byte[] journal) {
        var disk = new FakeDisk(new Random(1));
        disk.put(RollFiles.JOURNAL, journal);
        return disk;
    }

    private static byte[] journal() throws Exception {
        var disk = new FakeDisk(new Random(1));
        try (var files = RollFiles.open(disk, JournalSettings.DEFAULT, "epoch")) {
            var entries = new ArrayList<JournalEntry>();
            IntStream.range(0, INSTANCES).forEach(i -> entries.add(new JournalEntry(List.of(registered(i)))));
            entries.add(new JournalEntry(List.of(new JournalRecord.Settled(INSTANCES))));
            files.append(entries);
        }
        return disk.content(RollFiles.JOURNAL);
    }

    private static JournalRecord registered(int number) {
        var url = HttpUrl.of("http://localhost:" + (5_000 + number));
        return new JournalRecord.Registered(
                number + 1, new Registration(ServiceName.LOG, url, List.of(), null, null, "", 0, Map.of()));
    }
}
