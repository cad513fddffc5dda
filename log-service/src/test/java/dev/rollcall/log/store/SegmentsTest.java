package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentsTest {
    private static final String PRODUCER = "00000000-0000-0000-0000-00000000000a";
    private static final StoreSettings SETTINGS =
            new StoreSettings(20_000, Duration.ofHours(1), Long.MAX_VALUE, Duration.ofDays(30), 1 << 20, 100);

    @TempDir
    Path parent;

    @Test
    void givenASegmentIsLong_whenItIsClosedAndSealed_thenZcatReadsTheSameLines() throws Exception {
        try (var directory = DiskDirectory.claim(parent)) {
            var life = new Life(directory, SETTINGS);
            life.write(1, 200);
            var raw = Files.readAllBytes(parent.resolve("log-000000000001.ndjson"));

            assertThat(life.writer.rollIfDue(Lines.NOW)).isTrue();
            life.retention.tidy(Lines.NOW);

            try (var in = new GZIPInputStream(Files.newInputStream(parent.resolve("log-000000000001.ndjson.gz")))) {
                assertThat(in.readAllBytes()).isEqualTo(raw);
            }
            assertThat(parent.resolve("log-000000000001.ndjson")).doesNotExist();
            life.write(201, 202);
            assertThat(life.sequences()).hasSize(202);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givenAClosedSegmentIsDeleted_whenTidied_thenReportedAndTheOthersAreSealedAndRead(boolean isSealed)
            throws Exception {
        try (var directory = DiskDirectory.claim(parent)) {
            var life = new Life(directory, SETTINGS);
            life.write(1, 200);
            assertThat(life.writer.rollIfDue(Lines.NOW)).isTrue();
            if (isSealed) {
                life.retention.tidy(Lines.NOW);
            }
            life.write(201, 400);
            assertThat(life.writer.rollIfDue(Lines.NOW)).isTrue();
            life.write(401, 402);
            var file = parent.resolve("log-000000000001.ndjson" + (isSealed ? ".gz" : ""));
            var away = parent.resolve("away");

            Files.move(file, away);
            life.retention.tidy(Lines.NOW);

            var corruption = life.opened.segments().corruption();
            assertThat(corruption.healthReason()).contains("records of a segment can't be read, the first ones at 1-0");
            assertThat(parent.resolve("log-000000000002.ndjson.gz")).exists();

            Files.move(away, file);
            life.retention.tidy(Lines.NOW);

            assertThat(corruption.healthReason()).isEmpty();
            assertThat(life.sequences()).hasSize(402);
        }
    }

    @Test
    void givenASegmentIsOld_whenItsAgeIsReached_thenItIsClosed() throws Exception {
        var life = new Life(new FakeDisk(new Random(1)), SETTINGS);
        var begun = life.opened.segments().active().begunBy(Instant.MAX);
        assertThat(life.writer.rollIfDue(begun.plus(SETTINGS.segmentAge()))).isFalse();
        life.write(1, 1);

        assertThat(life.writer.rollIfDue(begun.plus(SETTINGS.segmentAge()).minusMillis(1)))
                .isFalse();
        assertThat(life.writer.rollIfDue(begun.plus(SETTINGS.segmentAge()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "cut", "flipped", "empty"})
    void givenAnIndexIsCorrupt_whenOpened_thenItIsRebuilt(String damage) throws Exception {
        try (var directory = DiskDirectory.claim(parent)) {
            var life = new Life(directory, SETTINGS);
            life.write(1, 5_000);
            life.writer.rollIfDue(Lines.NOW);
            life.retention.tidy(Lines.NOW);
        }
        var index = parent.resolve("log-000000000001.index");
        var whole = Files.readAllBytes(index);
        switch (damage) {
            case "deleted" -> Files.delete(index);
            case "cut" -> Files.write(index, Arrays.copyOf(whole, 100));
            case "flipped" -> {
                var flipped = whole.clone();
                flipped[50] ^= 1;
                Files.write(index, flipped);
            }
            default -> Files.write(index, new byte[0]);
        }

        try (var directory = DiskDirectory.claim(parent)) {
            var life = new Life(directory, SETTINGS);

            assertThat(life.sequences()).hasSize(5_000);
            // except the close time, which is lost
            assertThat(Files.readAllBytes(index)).hasSameSizeAs(whole);
        }
    }

    @Test
    void givenManySegments_whenMoreThanIsKept_thenTheOldestGoAndTheirSequencesAreKnownStill() throws Exception {
        var disk = new FakeDisk(new Random(1));
        var settings = new StoreSettings(20_000, Duration.ofHours(1), 50_000, Duration.ofDays(30), 1 << 20, 100);
        var life = new Life(disk, settings);
        for (var i = 0; i < 50; i++) {
            life.write(1 + 200L * i, 200 + 200L * i);
            life.writer.rollIfDue(Lines.NOW);
            var hasMore = true;
            while (hasMore) {
                hasMore = life.retention.tidy(Lines.NOW);
            }
        }

        life.retention.tidy(Lines.NOW);
        assertThat(life.opened.segments().fileBytes()).isLessThanOrEqualTo(50_000);
        assertThat(lengthOfAllBut(".producers", disk))
                .isEqualTo(life.opened.segments().fileBytes());
        assertThat(life.sequences()).endsWith(10_000L).doesNotContain(1L);
        var again = new Life(disk, settings);
        assertThat(again.opened.ledger().accounts()).singleElement().satisfies(account -> {
            assertThat(account.lastSequence()).isEqualTo(10_000);
            assertThat(account.received()).isEqualTo(10_000);
        });
        assertThat(disk.files()).noneMatch(name -> name.startsWith("log-000000000001"));
    }

    @Test
    void givenASegmentWasClosedLongAgo_whenItIsTooOld_thenItIsDeleted() throws Exception {
        var life = new Life(new FakeDisk(new Random(1)), SETTINGS);
        life.write(1, 200);
        life.writer.rollIfDue(Lines.NOW);

        life.retention.tidy(Lines.NOW.plus(SETTINGS.keepAge()));
        assertThat(life.sequences()).hasSize(200);
        life.retention.tidy(Lines.NOW.plus(SETTINGS.keepAge()).plusMillis(1));

        assertThat(life.sequences()).isEmpty();
    }

    @Test
    void givenAReader_whenTheSegmentIsSealed_thenItReadsOn() throws Exception {
        var disk = new FakeDisk(new Random(1));
        var life = new Life(disk, SETTINGS);
        life.write(1, 200);
        try (var view = life.opened.segments().view()) {
            life.writer.rollIfDue(Lines.NOW);
            life.retention.tidy(Lines.NOW);

            var segment = view.segments().get(0);
            var block = segment.blocks().get(0);
            assertThat(new String(view.read(segment, block, 0), 0, block.length(), StandardCharsets.UTF_8).lines())
                    .hasSize(200);
            assertThat(disk.files()).contains("log-000000000001.ndjson", "log-000000000001.ndjson.gz");
        }

        life.retention.tidy(Lines.NOW);
        assertThat(disk.files()).doesNotContain("log-000000000001.ndjson");
    }

    @Test
    void givenNoSegmentCanBeBegun_whenItIsDue_thenTheOldOneStaysInUse() throws Exception {
        var disk = new FakeDisk(new Random(1));
        var life = new Life(disk, SETTINGS);
        life.write(1, 200);
        disk.fail(EnumSet.of(Operation.OPEN));
        assertThat(life.writer.rollIfDue(Lines.NOW)).isFalse();
        life.write(201, 202);
        disk.heal();

        assertThat(life.writer.rollIfDue(Lines.NOW)).isTrue();
        assertThat(life.sequences()).hasSize(202);
    }

    @Test
    void givenTheNextSegmentExistsButTheOldOneGrew_whenOpened_thenNothingIsLost() throws Exception {
        var disk = new FakeDisk(new Random(1));
        var life = new Life(disk, SETTINGS);
        life.write(1, 200);
        life.writer.rollIfDue(Lines.NOW);
        var late = Lines.numbered(PRODUCER, 201, 203);
        try (var file = disk.open("log-000000000001.ndjson")) {
            // the producer's stamp is earlier in the file
            file.append(late.bytes(), 0, late.length());
            file.sync();
        }

        var again = new Life(disk, SETTINGS);

        assertThat(again.opened.ledger().accounts().get(0).lastSequence()).isEqualTo(203);
        assertThat(again.sequences()).hasSize(203);
    }

    private static long lengthOfAllBut(String ending, FakeDisk disk) throws IOException {
        var sum = 0L;
        for (var name : disk.files()) {
            sum += name.endsWith(ending) ? 0 : disk.length(name);
        }
        return sum;
    }

    private static final class Life {
        private final StoreRecovery.Opened opened;
        private final StoreWriter writer;
        private final Retention retention;

        Life(RecordDirectory directory, StoreSettings settings) throws IOException {
            opened = new StoreRecovery(directory, settings, Instant.parse("2026-11-22T12:00:00Z")).open();
            writer = new StoreWriter(directory, settings, opened.segments(), opened.ledger());
            var sealing = new Sealing(directory, () -> false);
            retention = new Retention(directory, settings, opened.segments(), sealing);
        }

        void write(long first, long last) throws IOException {
            var results = writer.write(List.of(Lines.numbered(PRODUCER, first, last)), Lines.NOW);
            assertThat(results).singleElement().isInstanceOf(AppendResult.Stored.class);
        }

        List<Long> sequences() throws IOException {
            return StoredLines.sequences(StoredLines.of(opened.segments()), PRODUCER);
        }
    }
}
