package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.BOB;
import static dev.rollcall.log.TestService.NOW;
import static dev.rollcall.log.TestService.ack;
import static dev.rollcall.log.TestService.linesIn;
import static dev.rollcall.log.TestService.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.disk.DiskDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
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

        LogStore.open(directory, InstantSource.fixed(NOW)).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("records.ndjson"))).isEqualTo("rw-------");
    }

    @Test
    void givenAFileThatOthersCanRead_whenOpened_thenTheyNoLongerCan() throws Exception {
        var file = Files.createFile(
                parent.resolve("records.ndjson"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        LogStore.open(parent, InstantSource.fixed(NOW)).close();

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void givenADirectoryInUse_whenOpenedAgain_thenItIsRefused() throws Exception {
        try (var store = LogStore.open(parent, InstantSource.fixed(NOW))) {
            assertThat(store.doubts()).isEmpty();
            assertThatThrownBy(() -> LogStore.open(parent, InstantSource.fixed(NOW)))
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
                    .contains("\"received\":5,\"duplicates\":3,\"lastSequence\":5")
                    .contains("\"received\":3,\"duplicates\":2,\"lastSequence\":9");
        }
        assertThat(linesIn(parent)).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"time\":\"2026-11-22T09", "{", "\0\0\0\0", "\0\0\0\n{\"message\":\"behind zeros\"}\n"})
    void givenATornTail_whenOpened_thenItIsCutAndWhatFollowsIsWhole(String tail) throws Exception {
        try (var service = TestService.on(parent)) {
            service.batch(ADA, 1, 2, records(1, 2));
        }
        var whole = linesIn(parent);
        Files.writeString(parent.resolve("records.ndjson"), tail, StandardOpenOption.APPEND);

        try (var service = TestService.on(parent)) {
            assertThat(linesIn(parent)).isEqualTo(whole);
            assertThat(ack(service.batch(ADA, 3, 3, records(3, 3)))).isEqualTo("3");
        }
        assertThat(linesIn(parent)).hasSize(3).startsWith(whole.get(0), whole.get(1));
    }

    @Test
    void givenABrokenLineThatWasSyncedLongAgo_whenRecovered_thenWhatFollowsIsKept() throws Exception {
        var file = ("broken\n" + "{\"a\":1}\n".repeat(100)).getBytes(StandardCharsets.UTF_8);

        var kept = Recovery.of(new ByteArrayInputStream(file), file.length, file.length - 1);
        var cut = Recovery.of(new ByteArrayInputStream(file), file.length, file.length);

        assertThat(kept.goodLength()).isEqualTo(file.length);
        assertThat(cut.goodLength()).isZero();
    }

    @Test
    void givenAMessageThatLooksLikeANumberedLine_whenReadBack_thenItCountsForNobody() throws Exception {
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
        var path = parent.resolve("records.ndjson");
        var directory = DiskDirectory.claim(parent);
        var disk = new FullDisk(directory.open("records.ndjson"));
        var store = LogStore.begin(path, disk, directory, new Ledger(List.of(), 10), InstantSource.fixed(NOW));
        try (var service = TestService.over(store)) {
            assertThat(ack(service.batch(ADA, 1, 2, records(1, 2)))).isEqualTo("2");
            disk.fills();

            var refused = service.batch(ADA, 3, 4, records(3, 4));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(store.doubts()).isNotEmpty();
            assertThat(linesIn(parent)).hasSize(2);

            disk.empties();

            assertThat(ack(service.batch(ADA, 3, 4, records(3, 4)))).isEqualTo("4");
            assertThat(store.doubts()).isEmpty();
            assertThat(linesIn(parent)).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void givenAClosedStore_whenPosted_thenItIs503() throws Exception {
        var store = LogStore.open(parent, InstantSource.fixed(NOW));
        try (var service = TestService.over(store)) {
            store.close();

            assertThat(service.plain("x").statusCode()).isEqualTo(503);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
