package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.FakeDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Seeded runs of a store on a disk that loses what was not synced: segments of a few records, which are closed,
 * compressed, indexed and deleted all the time, while the power fails at any operation, also during opening. In
 * between, operations fail at random and the process is killed, but not right after a failed sync: the system may then
 * lose data that the next process still reads.
 */
final class PowerLossTest {
    private static final int SEEDS = 400;
    private static final int LOSSES = 4;
    private static final List<String> PRODUCERS = List.of(
            "00000000-0000-0000-0000-00000000000a",
            "00000000-0000-0000-0000-00000000000b",
            "00000000-0000-0000-0000-00000000000c");

    @Test
    void givenNothingIsDeleted_whenThePowerFails_thenAllThatWasAcknowledgedIsThereOnce() throws Exception {
        for (var seed = 0; seed < SEEDS; seed++) {
            live(seed, Long.MAX_VALUE);
        }
    }

    @Test
    void givenOldSegmentsAreDeleted_whenThePowerFails_thenTheSequencesAreKnownStill() throws Exception {
        for (var seed = 0; seed < SEEDS; seed++) {
            live(seed, 3_000);
        }
    }

    private static void live(int seed, long keepBytes) throws Exception {
        var random = new Random(seed);
        var life = new Life(random, keepBytes);
        try {
            for (var loss = 0; loss < LOSSES; loss++) {
                life.untilThePowerFails();
                life.check();
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", keepBytes " + keepBytes, e);
        }
    }

    private static final class Life {
        private final Random random;
        private final StoreSettings settings;
        private final Map<String, Long> acknowledged = new HashMap<>();
        private FakeDisk disk;
        private Instant now = Lines.NOW;
        private double faultRate;

        Life(Random random, long keepBytes) {
            this.random = random;
            this.settings = new StoreSettings(900, Duration.ofHours(1), keepBytes, Duration.ofDays(365), 1 << 20, 100);
            this.disk = new FakeDisk(random);
        }

        void untilThePowerFails() {
            disk.losePowerAt(1 + random.nextInt(150));
            faultRate = random.nextInt(3) == 0 ? 0.03 : 0;
            while (!disk.hasLostPower()) {
                try {
                    run();
                } catch (IOException e) {
                    assertThat(disk.hasLostPower()).as("%s", e).isTrue();
                }
            }
            disk = disk.afterPowerLoss();
        }

        private void run() throws IOException {
            var opened = new StoreRecovery(disk, settings, now).open();
            var segments = opened.segments();
            var writer = new StoreWriter(disk, settings, segments, opened.ledger());
            var retention = new Retention(disk, settings, segments, new Sealing(disk, () -> false));
            disk.failAtRandom(faultRate);
            while (true) {
                now = now.plusSeconds(random.nextInt(600));
                var isStored = write(writer, opened.ledger());
                if (random.nextInt(3) > 0) {
                    writer.rollIfDue(now);
                }
                if (random.nextInt(3) == 0) {
                    tidy(retention);
                }
                if (isStored && random.nextInt(20) == 0) {
                    // killed without a power loss
                    disk.heal();
                    return;
                }
            }
        }

        private void tidy(Retention retention) throws IOException {
            try {
                retention.tidy(now);
            } catch (IOException e) {
                if (disk.hasLostPower()) {
                    throw e;
                }
            }
        }

        /** Writes a group of requests, some records being stored already and some announced as dropped. */
        private boolean write(StoreWriter writer, SequenceLedger ledger) throws IOException {
            var group = new ArrayList<AppendRequest>();
            var lasts = new HashMap<String, Long>();
            for (var i = 0; i <= random.nextInt(3); i++) {
                var producer = PRODUCERS.get(random.nextInt(PRODUCERS.size()));
                var known = lasts.getOrDefault(producer, lastOf(ledger, producer));
                var first = Math.max(1, known + 1 - random.nextInt(3));
                var last = known + 1 + random.nextInt(4);
                lasts.put(producer, last);
                group.add(request(producer, first, last));
            }
            try {
                var results = writer.write(group, now);
                assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(AppendResult.Stored.class));
                lasts.forEach((producer, last) -> acknowledged.merge(producer, last, Math::max));
                return true;
            } catch (IOException e) {
                if (disk.hasLostPower()) {
                    throw e;
                }
                return false;
            }
        }

        private AppendRequest request(String producer, long first, long last) {
            var lines = Lines.builder(producer, first, last);
            for (var sequence = first; sequence <= last; sequence++) {
                if (sequence < last && random.nextInt(8) == 0) {
                    lines.gapOf(producer, sequence, sequence + 1);
                    sequence++;
                } else {
                    lines.record(sequence);
                }
            }
            return lines.build();
        }

        private static long lastOf(SequenceLedger ledger, String producer) {
            return ledger.accounts().stream()
                    .filter(account -> account.producer().equals(producer))
                    .mapToLong(ProducerAccount::lastSequence)
                    .findFirst()
                    .orElse(0);
        }

        void check() throws IOException {
            var opened = new StoreRecovery(disk, settings, now).open();
            var records = StoredLines.of(opened.segments());
            for (var producer : PRODUCERS) {
                var last = lastOf(opened.ledger(), producer);
                assertThat(last).as(producer).isGreaterThanOrEqualTo(acknowledged.getOrDefault(producer, 0L));
                var sequences = StoredLines.sequences(records, producer);
                var first = sequences.isEmpty() ? last + 1 : sequences.get(0);
                assertThat(sequences)
                        .as(producer
                                + records.stream()
                                        .map(r -> "\n" + r.message() + " " + r.sequence() + " " + r.dropped())
                                        .toList())
                        .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
                if (settings.keepBytes() == Long.MAX_VALUE && last > 0) {
                    assertThat(first).as(producer).isEqualTo(1);
                }
                acknowledged.put(producer, last);
            }
            assertThat(opened.ledger().accounts())
                    .allSatisfy(account -> assertThat(account.unaccounted()).isZero());
        }
    }
}
