package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures of the disk, and when it is synced. */
final class OutboxTest {
    private static final long SECOND = 1_000_000_000;
    private static final int SIZE = Samples.line(1, "x").bytes();

    private final FakeDisk disk = new FakeDisk(new Random(1));
    private final SequenceCounters sequenceCounters = SequenceCounters.inMemory();
    private final RunOutbox own;
    private CapturedLog log;
    private long sequence;

    OutboxTest() throws IOException {
        own = RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, Spill.open(disk, 1 << 20), () -> Samples.TIME);
    }

    @BeforeEach
    void capture() {
        log = CapturedLog.of(Outbox.class);
    }

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void givenAFullDisk_whenTheMemoryIsFullToo_thenRecordsAreDroppedAndWhenThereIsRoomItGoesOn() {
        var outbox = depotWithMemoryFor(10);
        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));
        offer(outbox, 0, 1);

        offer(outbox, SECOND, 15);
        disk.heal();
        outbox.persist(2 * SECOND);
        offer(outbox, 2 * SECOND, 2);

        assertThat(own.isSettled()).isTrue();
        // a byte more or less
        assertThat(own.droppedRecords()).isBetween(5L, 6L);
        var firstDropped = 17 - own.droppedRecords();
        assertThat(own.head(Long.MAX_VALUE, 100))
                .extracting(Samples::messageOf)
                .hasSize(18 - (int) own.droppedRecords() + 1)
                .endsWith(firstDropped + "-16 the buffer was full", "m17", "m18");
        assertThat(log.events())
                .extracting(event -> event.getLevel() + " " + event.getMessage())
                .containsExactly(
                        "WARN the disk takes no log records; they are kept in memory",
                        "WARN log records were dropped; logged again at ten times as many",
                        "INFO the disk takes log records again");
    }

    @Test
    void givenRecordsInMemory_whenTheDiskDoesNotTakeThem_thenTheyAreNotOnDisk() {
        var outbox = depotWithMemoryFor(10);
        offer(outbox, 0, 1);
        assertThat(outbox.isOnDisk()).isTrue();

        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));
        offer(outbox, SECOND, 1);

        assertThat(outbox.isOnDisk()).isFalse();
        disk.heal();
        outbox.persist(2 * SECOND);
        assertThat(outbox.isOnDisk()).isTrue();
    }

    @Test
    void givenTroubleOfTheDisk_whenAsked_thenItSaysSo() {
        var outbox = depotWithMemoryFor(2);
        assertThat(outbox.healthReasons()).isEmpty();
        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));

        offer(outbox, 0, 1);
        offer(outbox, 1, 5);

        assertThat(outbox.healthReasons())
                .hasSize(2)
                .anyMatch(reason -> reason.startsWith("the disk takes no log records: "))
                .contains("log records are dropped: there is no room for more");
    }

    @Test
    void givenRecordsThatWait_whenASecondIsOver_thenTheyAreSyncedOnce() {
        var outbox = depotWithMemoryFor(100);
        offer(outbox, 0, 1);
        offer(outbox, SECOND / 2, 1);
        assertThat(disk.count(Operation.SYNC)).isZero();

        outbox.persist(SECOND + 1);
        outbox.persist(SECOND + 2);
        outbox.persist(5 * SECOND);

        assertThat(disk.count(Operation.SYNC)).isEqualTo(1);
        assertThat(outbox.isUnsettled()).isFalse();
    }

    @Test
    void givenALogServiceThatTakesRecords_whenASecondIsOver_thenNothingIsSynced() {
        var outbox = depotWithMemoryFor(100);
        offer(outbox, 0, 3);
        own.head(Long.MAX_VALUE, 100);
        own.acknowledge(3);

        outbox.persist(2 * SECOND);

        assertThat(disk.count(Operation.SYNC)).isZero();
    }

    @Test
    void givenARecordThatNoFrameHolds_whenOffered_thenItIsDroppedAndTheOthersAreNot() {
        var outbox = depotWithMemoryFor(100);
        offer(outbox, 0, 1);

        outbox.offer(new EncodedRecord(++sequence, new byte[20 << 20]), Level.INFO_INT, 0);
        offer(outbox, 0, 1);

        assertThat(own.isSettled()).isTrue();
        assertThat(own.head(Long.MAX_VALUE, 100))
                .extracting(Samples::messageOf)
                .containsExactly("m1", "2-2 larger than 4 MiB", "m3");
    }

    private Outbox depotWithMemoryFor(int records) {
        var settings = ShippingSettings.DEFAULT.withBuffer((long) records * SIZE);
        return Outbox.of(settings, sequenceCounters, own);
    }

    private void offer(Outbox outbox, long nowNanos, int count) {
        for (var i = 0; i < count; i++) {
            sequence++;
            outbox.offer(Samples.line(sequence, "m" + sequence), Level.INFO_INT, nowNanos);
        }
        outbox.persist(nowNanos);
    }
}
