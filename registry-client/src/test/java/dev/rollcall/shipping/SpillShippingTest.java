package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records pending on disk between two starts. */
@Timeout(300)
final class SpillShippingTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    private final AtomicReference<Optional<HttpUrl>> address = new AtomicReference<>(Optional.empty());

    @Test
    void givenNoLogService_whenStoppedAndStartedAgain_thenTheNextShipsTheOldRecordsUnderTheirNumbersFirst()
            throws Exception {
        try (var first = started(settings())) {
            log(first, 1, 100);
        }

        try (var service = FakeLogService.playing(Role.EXTENDED);
                var second = started(settings())) {
            log(second, 101, 200);
            address.set(Optional.of(service.url()));

            assertThat(service.awaitMessages(m -> m.size() == 200)).isEqualTo(names(1, 200));
            assertThat(service.lastSequences().values()).containsExactly(100L, 100L);
            // the response is still in flight, and the stop waits for it only briefly
            Eventually.holds(
                    "all is acknowledged",
                    Duration.ofSeconds(60),
                    () -> second.shipper().stats().acknowledged() == 100);
        }
        assertThat(runs()).isEmpty();
    }

    @Test
    void givenSeveralRunsWithoutALogService_whenOneComes_thenTheirRecordsComeInTheOrderOfTheRuns() throws Exception {
        for (var i = 0; i < 4; i++) {
            try (var run = started(settings())) {
                log(run, i * 10 + 1, i * 10 + 10);
            }
        }

        try (var service = FakeLogService.playing(Role.EXTENDED);
                var last = started(settings())) {
            address.set(Optional.of(service.url()));

            assertThat(service.awaitMessages(m -> m.size() == 40)).isEqualTo(names(1, 40));
            assertThat(last.shipper().stats().produced()).isZero();
        }
    }

    @Test
    void givenAPlainLogService_whenOldRecordsAreLeft_thenItGetsThemToo() throws Exception {
        try (var first = started(settings())) {
            log(first, 1, 3);
        }

        try (var service = FakeLogService.playing(Role.PLAIN);
                var second = started(settings())) {
            address.set(Optional.of(service.url()));

            assertThat(service.awaitMessages(m -> m.size() == 3)).contains("[GradingService] - m1\n");
            assertThat(second.shipper().stats().dropped()).isZero();
        }
    }

    @Test
    void givenTwoProcessesWithOneDirectory_whenBothLog_thenNeitherTouchesTheOthers() throws Exception {
        try (var one = started(settings());
                var other = started(settings())) {
            log(one, 1, 10);
            log(other, 11, 20);

            assertThat(runs()).hasSize(2);
        }
        assertThat(runs()).hasSize(2);
    }

    @Test
    void givenAnotherProcessIsAboutToBegin_whenThisOneLooksForRuns_thenItLeavesItAlone() throws Exception {
        var begun = Files.createDirectories(root.resolve("20261122T091537123-" + Samples.ORIGIN.producer()));

        try (var run = started(settings())) {
            log(run, 1, 1);
        }

        assertThat(begun).isEmptyDirectory();
    }

    @Test
    void givenARunWhoseOriginIsTorn_whenTheNextStartShips_thenItIsKnownByItsDirectory() throws Exception {
        try (var first = started(settings())) {
            log(first, 1, 10);
        }
        var run = runs().get(0);
        Files.write(run.resolve("origin.json"), new byte[] {0, 0, 0});

        try (var service = FakeLogService.playing(Role.EXTENDED);
                var next = started(settings())) {
            address.set(Optional.of(service.url()));

            assertThat(service.awaitMessages(m -> m.size() == 10)).isEqualTo(names(1, 10));
            assertThat(run.getFileName().toString())
                    .endsWith(service.posts().get(0).producer());
            assertThat(next.shipper().healthReasons()).isEmpty();
        }
    }

    @Test
    void givenASpill_whenLookedAt_thenOnlyItsOwnerCanReadIt() throws Exception {
        try (var run = started(settings())) {
            log(run, 1, 10);
        }

        var directory = runs().get(0);
        assertThat(permissions(directory)).isEqualTo("rwx------");
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void givenTheBoundIsReached_whenTheNewestAreDropped_thenTheBoundHoldsAndTheAccountCloses() throws Exception {
        account(DropPolicy.NEWEST, "m1", null);
    }

    @Test
    void givenTheBoundIsReached_whenTheOldestAreDropped_thenTheBoundHoldsAndTheAccountCloses() throws Exception {
        account(DropPolicy.OLDEST, null, "m20000");
    }

    @Test
    void givenTheBoundIsNear_whenAllBelowWarnIsDropped_thenWarningsStillHaveRoom() throws Exception {
        try (var run = started(settings().withSpill(Optional.of(root), MIB).withDrop(DropPolicy.BELOW_WARN))) {
            log(run, 1, 10_000);
            run.logger().warn("important");
            run.settled();
        }

        var stored = drained();
        assertThat(stored).last().isEqualTo("important");
        assertThat(stored).anyMatch(text -> text.endsWith("the spill was nearly full, and they were below WARN"));
    }

    @Test
    void givenADirectoryThatCannotBe_whenStarted_thenItIsInMemoryAndShippedAllTheSame() throws Exception {
        var file = Files.createFile(root.resolve("file"));
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var run = started(settings().withSpill(Optional.of(file.resolve("spill")), MIB))) {
            log(run, 1, 10);
            address.set(Optional.of(service.url()));

            assertThat(service.awaitMessages(m -> m.size() == 10)).isEqualTo(names(1, 10));
        }
    }

    @Test
    void givenDamageInTheMiddle_whenTheNextStartShips_thenTheOthersComeAndTheRestIsAnnounced() throws Exception {
        try (var first = started(settings())) {
            log(first, 1, 100);
        }
        damage();

        var stored = drained();

        assertThat(stored).contains("m1", "m100").anyMatch(text -> text.contains("lost with a part of the spill"));
        assertThat(stored.size()).isBetween(97, 100);
    }

    private void account(DropPolicy policy, @Nullable String first, @Nullable String last) throws Exception {
        try (var run = started(settings().withSpill(Optional.of(root), MIB).withDrop(policy))) {
            log(run, 1, 20_000);
            assertThat(run.settled().spilledBytes()).isBetween(MIB / 2, MIB + MIB / 8);
            assertThat(run.settled().produced()).isEqualTo(20_000);
        }
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var next = started(settings())) {
            address.set(Optional.of(service.url()));
            service.awaitMessages(m -> service.lastSequences().containsValue(20_000L));

            var producer = service.posts().get(0).producer();
            assertThat(service.received(producer) + service.dropped(producer)).isEqualTo(20_000);
            assertThat(service.dropped(producer)).isPositive();
            if (first != null) {
                assertThat(service.messages()).contains(first);
            }
            if (last != null) {
                assertThat(service.messages()).contains(last);
            }
            assertThat(next.shipper().stats().produced()).isZero();
        }
    }

    private List<String> drained() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var next = started(settings())) {
            address.set(Optional.of(service.url()));
            Eventually.holds("only the own run is there", Duration.ofSeconds(60), () -> runs().size() == 1);
            assertThat(next.shipper().stats().produced()).isZero();
            return service.messages();
        }
    }

    private void damage() throws IOException {
        try (var files = Files.list(runs().get(0))) {
            var file = files.filter(each -> each.toString().endsWith(".spill"))
                    .findFirst()
                    .orElseThrow();
            var content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
        }
    }

    private List<Path> runs() throws IOException {
        try (var directories = Files.list(root)) {
            return directories.filter(Files::isDirectory).toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ShippingSettings settings() {
        return Samples.fast().withBuffer(64 * MIB).withSpill(Optional.of(root), 64 * MIB);
    }

    private Started started(ShippingSettings settings) {
        var context = Samples.context();
        var shipper = LogShipper.attachedTo(context, ServiceName.GRADING, "i1", address::get, settings);
        shipper.start();
        return new Started(context, shipper);
    }

    private static void log(Started run, int first, int last) {
        names(first, last).forEach(run.logger()::info);
    }

    private static List<String> names(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "m" + i).toList();
    }

    private record Started(LoggerContext context, LogShipper shipper) implements AutoCloseable {
        Logger logger() {
            return context.getLogger("test");
        }

        /** Returns when everything logged is on disk or dropped. */
        ShippingStats settled() throws InterruptedException {
            Eventually.holds(
                    "all is written",
                    Duration.ofSeconds(60),
                    () -> shipper.stats().bufferedBytes() == 0);
            return shipper.stats();
        }

        @Override
        public void close() {
            shipper.close();
        }
    }
}
