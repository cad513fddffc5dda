package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JournalTest {
    private static final long SECONDS = 20;
    private static final JournalSettings SMALL = new JournalSettings(2_000, 1, 1 << 20);

    @TempDir
    Path parent;

    @Test
    void givenARestart_whenOpened_thenWhatWasAcknowledgedIsThere() throws Exception {
        String epoch;
        try (var journal = Journal.open(parent)) {
            epoch = journal.state().epoch();
            await(journal.append(List.of(registered(1), announced(2, 1))));
            await(journal.append(List.of(registered(3))));
        }

        try (var journal = Journal.open(parent)) {
            var state = journal.state();

            assertThat(epoch).isNotEmpty();
            assertThat(state)
                    .isEqualTo(RollState.of(
                            List.of(new JournalRecord.Began(epoch), registered(1), announced(2, 1), registered(3))));
        }
    }

    @Test
    void givenNoDirectory_whenOpened_thenOnlyTheOwnerCanReadTheFiles() throws Exception {
        var directory = parent.resolve("data/registry");
        try (var disk = DiskDirectory.claim(directory)) {
            var files = RollFiles.open(disk, SMALL, "epoch");
            files.compact();
            files.close();
        }

        Journal.open(directory).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("roll.journal"))).isEqualTo("rw-------");
        assertThat(permissions(directory.resolve("roll.snapshot"))).isEqualTo("rw-------");
    }

    @Test
    void givenAnOpenJournal_whenOpenedAgain_thenItIsRefusedUntilItIsClosed() throws Exception {
        try (var journal = Journal.open(parent)) {
            assertThat(journal.isFailing()).isFalse();
            assertThatThrownBy(() -> Journal.open(parent))
                    .isInstanceOf(IOException.class)
                    .hasMessage(parent + " is in use by another process");
        }

        Journal.open(parent).close();
    }

    @Test
    void givenACorruptFile_whenOpened_thenTheMessageNamesItAndNoClaimIsHeld() throws Exception {
        Journal.open(parent).close();
        Files.write(parent.resolve("roll.snapshot"), new byte[] {1, 2, 3});

        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Journal.open(parent))
                    .isInstanceOf(IOException.class)
                    .hasMessage(parent + ": roll.snapshot can't be used: it is corrupt at byte 0");
        }
    }

    @Test
    void givenATornEnd_whenOpened_thenItIsCutOff() throws Exception {
        try (var journal = Journal.open(parent)) {
            await(journal.append(List.of(registered(1))));
        }
        var file = parent.resolve("roll.journal");
        var whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {0, 0, 0, 99, 1}, StandardOpenOption.APPEND);

        try (var journal = Journal.open(parent)) {
            assertThat(journal.state().entries()).hasSize(1);
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void givenManyWriters_whenTheyAppendThroughCompactions_thenAllIsThereAfterwards() throws Exception {
        var writers = Executors.newFixedThreadPool(8);
        try (var journal =
                Journal.open(DiskDirectory.claim(parent), new JournalSettings(20_000, 1, 1 << 20), "epoch")) {
            var all = IntStream.range(0, 2_000)
                    .mapToObj(i -> writers.submit(() -> {
                        await(journal.append(List.of(registered(i))));
                        return i;
                    }))
                    .toList();
            for (var each : all) {
                each.get(SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            writers.shutdownNow();
        }

        try (var journal = Journal.open(parent)) {
            assertThat(journal.state().entries())
                    .extracting(e -> e.registration().url())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 2_000).mapToObj(JournalTest::url).toList());
            assertThat(journal.state().revision()).isEqualTo(1_999);
        }
    }

    @Test
    void givenManyAppendsWhileTheDiskIsBusy_whenItIsFreeAgain_thenOneSyncServesAll() throws Exception {
        var disk = disk();
        try (var journal = Journal.open(disk, JournalSettings.DEFAULT, "epoch")) {
            var before = disk.count(Operation.SYNC);
            var stages = new ArrayList<CompletionStage<?>>();

            // holding the disk keeps the journal's thread from writing
            synchronized (disk) {
                for (var i = 0; i < 1_000; i++) {
                    stages.add(journal.append(List.of(registered(i))));
                }
            }
            for (var stage : stages) {
                await(stage);
            }

            // the first may have been written alone
            assertThat(disk.count(Operation.SYNC) - before).isBetween(1, 2);
        }
    }

    @Test
    void givenWritersThatWriteAlong_whenTheyAppendThroughCompactions_thenAllCompleteInOrder() throws Exception {
        var writers = Executors.newFixedThreadPool(8);
        var completed = new ConcurrentLinkedQueue<Integer>();
        var called = new ArrayList<Integer>();
        try (var journal =
                Journal.open(DiskDirectory.claim(parent), new JournalSettings(20_000, 1, 1 << 20), "epoch")) {
            var all = IntStream.range(0, 2_000)
                    .mapToObj(i -> writers.submit(() -> {
                        var done = new CountDownLatch(1);
                        journal.writingAlong(() -> {
                            // the order of the calls
                            synchronized (called) {
                                called.add(i);
                                journal.append(List.of(registered(i))).thenRun(() -> {
                                    completed.add(i);
                                    done.countDown();
                                });
                            }
                        });
                        return done.await(SECONDS, TimeUnit.SECONDS);
                    }))
                    .toList();
            for (var each : all) {
                assertThat(each.get(SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(completed).containsExactlyElementsOf(called);
        try (var journal = Journal.open(parent)) {
            assertThat(journal.state().entries()).hasSize(2_000);
        }
    }

    @Test
    void givenAWriterThatWritesAlong_whenNoOtherThreadWrites_thenItWritesItself() throws Exception {
        try (var journal = Journal.open(disk(), SMALL, "epoch")) {
            var number = new AtomicInteger();

            // the journal's own thread may still write now and then
            Eventually.holds("the caller has written", Duration.ofSeconds(SECONDS), () -> {
                var writer = new CompletableFuture<Thread>();
                journal.writingAlong(() -> journal.append(List.of(registered(number.incrementAndGet())))
                        .thenRun(() -> writer.complete(Thread.currentThread())));
                return writer.get(SECONDS, TimeUnit.SECONDS).equals(Thread.currentThread());
            });
        }
    }

    @Test
    void givenAnInterruptedWriter_whenItOffersToWriteAlong_thenTheFileStaysOpenAndAllIsWritten() throws Exception {
        try (var journal = Journal.open(parent)) {
            var stages = new ArrayList<CompletionStage<?>>();

            Thread.currentThread().interrupt();
            journal.writingAlong(() -> stages.add(journal.append(List.of(registered(1)))));
            assertThat(Thread.interrupted()).isTrue();
            stages.add(journal.append(List.of(registered(2))));

            for (var stage : stages) {
                await(stage);
            }
        }
    }

    @Test
    void givenTooMuchPending_whenAppended_thenItIsRefusedAtOnceUntilThereIsRoomAgain() throws Exception {
        var disk = disk();
        try (var journal = Journal.open(disk, new JournalSettings(1 << 20, 1, 1_000), "epoch")) {
            var accepted = new ArrayList<CompletionStage<?>>();
            CompletionStage<?> refused;

            synchronized (disk) {
                do {
                    refused = journal.append(List.of(registered(accepted.size())));
                    accepted.add(refused);
                } while (!refused.toCompletableFuture().isDone());
            }
            accepted.remove(refused);

            assertThat(messageOf(refused)).isEqualTo("too much is pending; nothing was written");
            assertThat(accepted).hasSizeBetween(3, 10);
            for (var stage : accepted) {
                await(stage);
            }
            await(journal.append(List.of(registered(99))));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "SYNC"})
    void givenADiskThatFails_whenAppended_thenTheCallFailsAndTheJournalRecoversByItself(Operation fault)
            throws Exception {
        var disk = disk();
        try (var journal = Journal.open(disk, JournalSettings.DEFAULT, "epoch")) {
            await(journal.append(List.of(registered(1))));
            // with the fault, truncating fails too
            disk.fail(Set.of(fault, Operation.TRUNCATE));

            var first = journal.append(List.of(registered(2)));
            var second = journal.append(List.of(registered(3)));

            assertThat(messageOf(first)).isEqualTo("the disk can't be written to; nothing was written");
            assertThat(messageOf(second)).isEqualTo("the disk can't be written to; nothing was written");
            assertThat(journal.isFailing()).isTrue();

            disk.heal();
            await(journal.append(List.of(registered(4))));

            assertThat(journal.isFailing()).isFalse();
        }
        try (var journal = Journal.open(disk.afterPowerLoss(), SMALL, "other")) {
            assertThat(journal.state())
                    .isEqualTo(RollState.of(List.of(new JournalRecord.Began("epoch"), registered(1), registered(4))));
        }
    }

    @Test
    void givenADiskWithoutRoomForASnapshot_whenTheJournalGrows_thenItStillAcceptsRecords() throws Exception {
        var disk = disk();
        var expected = new ArrayList<JournalRecord>(List.of(new JournalRecord.Began("epoch")));
        try (var journal = Journal.open(disk, SMALL, "epoch")) {
            disk.fail(Set.of(Operation.OPEN));
            for (var i = 0; i < 50; i++) {
                expected.add(registered(i));
                await(journal.append(List.of(registered(i))));
            }
            assertThat(disk.files()).containsExactly("roll.journal");

            disk.heal();
            for (var i = 50; i < 100; i++) {
                expected.add(registered(i));
                await(journal.append(List.of(registered(i))));
            }
        }
        assertThat(disk.files()).containsExactlyInAnyOrder("roll.journal", "roll.snapshot");
        try (var journal = Journal.open(disk.afterPowerLoss(), SMALL, "other")) {
            assertThat(journal.state()).isEqualTo(RollState.of(expected));
        }
    }

    @Test
    void givenAClosedJournal_whenAppended_thenItIsRefused() throws Exception {
        var journal = Journal.open(parent);
        journal.close();
        journal.close();

        var refused = journal.append(List.of(registered(1)));

        assertThat(messageOf(refused)).isEqualTo("the journal is closed; nothing was written");
    }

    @Test
    void givenPendingRecords_whenClosed_thenTheyAreWrittenFirst() throws Exception {
        var disk = disk();
        var journal = Journal.open(disk, SMALL, "epoch");
        CompletionStage<?> last;
        synchronized (disk) {
            journal.append(List.of(registered(1)));
            last = journal.append(List.of(registered(2)));
        }

        journal.close();

        await(last);
        assertThat(RollFiles.open(disk, SMALL, "other").state().entries()).hasSize(2);
    }

    @Test
    void givenACallbackThatFails_whenItsRecordIsWritten_thenTheJournalGoesOn() throws Exception {
        try (var journal = Journal.open(disk(), SMALL, "epoch")) {
            var wasCalled = new CountDownLatch(1);
            journal.append(List.of(registered(1))).whenComplete((nothing, failure) -> {
                wasCalled.countDown();
                throw new IllegalStateException("a caller's defect");
            });

            await(journal.append(List.of(registered(2))));

            assertThat(wasCalled.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static FakeDisk disk() {
        return new FakeDisk(new Random(1));
    }

    private static void await(CompletionStage<?> stage) throws Exception {
        stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private static String messageOf(CompletionStage<?> refused) throws Exception {
        try {
            await(refused);
            return "nothing";
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
            return String.valueOf(e.getCause().getMessage());
        }
    }

    private static HttpUrl url(int number) {
        return HttpUrl.of("http://localhost:" + (7_000 + number));
    }

    private static JournalRecord registered(int number) {
        return new JournalRecord.Registered(number, Registration.of(ServiceName.GRADING, url(number)));
    }

    private static JournalRecord announced(long revision, int number) {
        return new JournalRecord.Announced(revision, url(number), true, null);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
