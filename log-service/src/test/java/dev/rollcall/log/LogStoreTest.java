package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.BOB;
import static dev.rollcall.log.TestService.FIRST_SEGMENT;
import static dev.rollcall.log.TestService.NOW;
import static dev.rollcall.log.TestService.ack;
import static dev.rollcall.log.TestService.linesIn;
import static dev.rollcall.log.TestService.record;
import static dev.rollcall.log.TestService.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreSettings;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogStoreTest {
    @TempDir
    Path parent;

    @Test
    void givenNoDirectory_whenOpened_thenOnlyTheOwnerCanReadWhatIsMade() throws Exception {
        var directory = parent.resolve("data/log-service");

        LogStore.open(directory, StoreSettings.DEFAULT, InstantSource.fixed(NOW))
                .close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve(FIRST_SEGMENT))).isEqualTo("rw-------");
    }

    @Test
    void givenAFileThatOthersCanRead_whenOpened_thenOnlyTheOwnerCan() throws Exception {
        var file = Files.createFile(
                parent.resolve(FIRST_SEGMENT),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        LogStore.open(parent, StoreSettings.DEFAULT, InstantSource.fixed(NOW)).close();

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void givenADirectoryInUse_whenOpenedAgain_thenItIsRefused() throws Exception {
        try (var store = LogStore.open(parent, StoreSettings.DEFAULT, InstantSource.fixed(NOW))) {
            assertThat(store.healthReasons()).isEmpty();
            assertThatThrownBy(() -> LogStore.open(parent, StoreSettings.DEFAULT, InstantSource.fixed(NOW)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void givenARestart_whenABatchComesAgain_thenItIsStillKnown() throws Exception {
        try (var service = TestService.on(parent)) {
            service.batch(ADA, 1, 5, records(1, 5));
            service.batch(BOB, 7, 8, records(7, 8));
            service.plain("[A] - x\n");
        }

        try (var service = TestService.on(parent)) {
            assertThat(ack(service.batch(ADA, 3, 5, records(3, 5)))).isEqualTo("5");
            assertThat(ack(service.batch(BOB, 7, 9, records(7, 9)))).isEqualTo("9");
            assertThat(service.batch(ADA, 7, 7, records(7, 7)).statusCode()).isEqualTo(409);
            assertThat(service.get("/log/producers").body())
                    .contains(
                            "\"produced\":5,\"received\":5,\"dropped\":0,\"unaccounted\":0,\"duplicates\":3,\"lastSequence\":5")
                    .contains(
                            "\"produced\":9,\"received\":3,\"dropped\":0,\"unaccounted\":6,\"duplicates\":2,\"lastSequence\":9");
        }
        assertThat(linesIn(parent)).hasSize(9);
    }

    @Test
    void givenTheFirstLayout_whenOpened_thenItsFileIsTheFirstSegmentAndItsSequencesAreKnown() throws Exception {
        var old = record(1, "INFO", "old").replace("}\n", ",\"producer\":\"" + ADA + "\"}\n");
        Files.writeString(parent.resolve("records.ndjson"), old);

        try (var service = TestService.on(parent)) {
            assertThat(ack(service.batch(ADA, 1, 2, records(1, 2)))).isEqualTo("2");
            assertThat(service.get("/log").body())
                    .contains("old")
                    .contains("m2")
                    .doesNotContain("m1");
        }
        assertThat(parent.resolve("records.ndjson")).doesNotExist();
        assertThat(linesIn(parent)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"time\":\"2026-11-22T09", "{", "\0\0\0\0", "\0\0\0\n{\"message\":\"behind zeros\"}\n"})
    void givenATornTail_whenOpened_thenItIsCutAndWhatFollowsIsWhole(String tail) throws Exception {
        try (var service = TestService.on(parent)) {
            service.batch(ADA, 1, 2, records(1, 2));
        }
        var whole = linesIn(parent);
        Files.writeString(parent.resolve(FIRST_SEGMENT), tail, StandardOpenOption.APPEND);

        try (var service = TestService.on(parent)) {
            assertThat(linesIn(parent)).isEqualTo(whole);
            assertThat(ack(service.batch(ADA, 3, 3, records(3, 3)))).isEqualTo("3");
        }
        assertThat(linesIn(parent)).hasSize(3).startsWith(whole.get(0), whole.get(1));
    }

    @Test
    void givenAMessageThatLooksLikeANumberedLine_whenReadBack_thenItCountsForNoProducer() throws Exception {
        try (var service = TestService.on(parent)) {
            service.plain("[A] - x\",\"sequence\":5,\"producer\":\"" + ADA + "\"}");
            service.batch(
                    "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"x\",\"keys\":{\"sequence\":\"5\",\"producer\":\""
                            + ADA + "\"},\"producer\":\"" + ADA + "\",\"sequence\":5}");
        }

        try (var service = TestService.on(parent)) {
            assertThat(service.get("/log/producers").body()).isEqualTo("[]");
        }
    }

    @Test
    void givenAFullDisk_whenPosted_thenItIs503AndNothingStaysAndItHealsByItself() throws Exception {
        var disk = new FakeDisk(new Random(1));
        var store = LogStore.open(disk, StoreSettings.DEFAULT, InstantSource.fixed(NOW));
        try (var service = TestService.over(store)) {
            assertThat(ack(service.batch(ADA, 1, 2, records(1, 2)))).isEqualTo("2");
            disk.fail(Set.of(Operation.APPEND));

            var refused = service.batch(ADA, 3, 4, records(3, 4));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(store.healthReasons()).isNotEmpty();
            assertThat(new String(disk.content(FIRST_SEGMENT), StandardCharsets.UTF_8).lines())
                    .hasSize(2);

            disk.heal();

            assertThat(ack(service.batch(ADA, 3, 4, records(3, 4)))).isEqualTo("4");
            assertThat(store.healthReasons()).isEmpty();
            assertThat(new String(disk.content(FIRST_SEGMENT), StandardCharsets.UTF_8).lines())
                    .hasSize(4)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void givenAClosedStore_whenPosted_thenItIs503() throws Exception {
        var store = LogStore.open(parent, StoreSettings.DEFAULT, InstantSource.fixed(NOW));
        try (var service = TestService.over(store)) {
            store.close();

            assertThat(service.plain("x").statusCode()).isEqualTo(503);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
