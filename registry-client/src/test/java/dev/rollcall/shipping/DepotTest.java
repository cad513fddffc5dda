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

/** What becomes of the disk's trouble, and when the disk is asked to sync. */
final class DepotTest {
    private static final long SECOND = 1_000_000_000;
    private static final int SIZE = Samples.line(1, "x").bytes();

    private final FakeDisk disk = new FakeDisk(new Random(1));
    private final Tally tally = Tally.inMemory();
    private final Backlog own;
    private CapturedLog log;
    private long sequence;

    DepotTest() throws IOException {
        own = Backlog.of(Samples.ORIGIN, tally, Spill.in(disk, 1 << 20), () -> Samples.TIME);
    }

    @BeforeEach
    void capture() {
        log = CapturedLog.of(Depot.class);
    }

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void givenAFullDisk_whenTheMemoryIsFullToo_thenRecordsAreDroppedAndWhenThereIsRoomItGoesOn() {
        var depot = depotWithMemoryFor(10);
        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));
        offer(depot, 0, 1);

        offer(depot, SECOND, 15);
        disk.heal();
        depot.settle(2 * SECOND);
        offer(depot, 2 * SECOND, 2);

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
                        "WARN log records were dropped; this is said again at ten times as many",
                        "INFO the disk takes log records again");
    }

    @Test
    void givenRecordsInMemory_whenTheDiskDoesNotTakeThem_thenTheyAreNotOnDisk() {
        var depot = depotWithMemoryFor(10);
        offer(depot, 0, 1);
        assertThat(depot.isOnDisk()).isTrue();

        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));
        offer(depot, SECOND, 1);

        assertThat(depot.isOnDisk()).isFalse();
        disk.heal();
        depot.settle(2 * SECOND);
        assertThat(depot.isOnDisk()).isTrue();
    }

    @Test
    void givenTroubleOfTheDisk_whenAsked_thenItSaysSo() {
        var depot = depotWithMemoryFor(2);
        assertThat(depot.doubts()).isEmpty();
        disk.fail(EnumSet.of(Operation.APPEND, Operation.OPEN));

        offer(depot, 0, 1);
        offer(depot, 1, 5);

        assertThat(depot.doubts())
                .hasSize(2)
                .anyMatch(doubt -> doubt.startsWith("the disk takes no log records: "))
                .contains("log records are dropped: there is no room for more");
    }

    @Test
    void givenRecordsThatWait_whenASecondIsOver_thenTheyAreSyncedOnce() {
        var depot = depotWithMemoryFor(100);
        offer(depot, 0, 1);
        offer(depot, SECOND / 2, 1);
        assertThat(disk.count(Operation.SYNC)).isZero();

        depot.settle(SECOND + 1);
        depot.settle(SECOND + 2);
        depot.settle(5 * SECOND);

        assertThat(disk.count(Operation.SYNC)).isEqualTo(1);
        assertThat(depot.isUnsettled()).isFalse();
    }

    @Test
    void givenALogServiceThatTakesRecords_whenASecondIsOver_thenNothingIsSynced() {
        var depot = depotWithMemoryFor(100);
        offer(depot, 0, 3);
        own.head(Long.MAX_VALUE, 100);
        own.acknowledge(3);

        depot.settle(2 * SECOND);

        assertThat(disk.count(Operation.SYNC)).isZero();
    }

    @Test
    void givenARecordThatNoFrameHolds_whenOffered_thenItIsDroppedAndTheOthersAreNot() {
        var depot = depotWithMemoryFor(100);
        offer(depot, 0, 1);

        depot.offer(new Line(++sequence, new byte[20 << 20]), Level.INFO_INT, 0);
        offer(depot, 0, 1);

        assertThat(own.isSettled()).isTrue();
        assertThat(own.head(Long.MAX_VALUE, 100))
                .extracting(Samples::messageOf)
                .containsExactly("m1", "2-2 larger than 4 MiB", "m3");
    }

    private Depot depotWithMemoryFor(int records) {
        var settings = ShippingSettings.DEFAULT.withBuffer((long) records * SIZE);
        return Depot.over(settings, tally, own);
    }

    private void offer(Depot depot, long nowNanos, int count) {
        for (var i = 0; i < count; i++) {
            sequence++;
            depot.offer(Samples.line(sequence, "m" + sequence), Level.INFO_INT, nowNanos);
        }
        depot.settle(nowNanos);
    }
}
