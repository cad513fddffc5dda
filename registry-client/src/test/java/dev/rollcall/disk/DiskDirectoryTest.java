package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void givenNoDirectory_whenClaimed_thenOnlyTheOwnerCanReadWhatIsMade() throws IOException {
        var path = parent.resolve("data/registry");

        try (var directory = DiskDirectory.claim(path)) {
            directory.open("file").close();
        }

        assertThat(permissions(parent.resolve("data"))).isEqualTo("rwx------");
        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(path.resolve("file"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("lock"))).isEqualTo("rw-------");
    }

    @Test
    void givenFiles_whenNamesAndLengthsAreAsked_thenTheClaimIsNoFile() throws IOException {
        try (var directory = DiskDirectory.claim(parent)) {
            try (var file = directory.open("a")) {
                file.append(bytes("four"));
                file.flush();

                assertThat(directory.names()).containsExactly("a");
                assertThat(directory.length("a")).isEqualTo(4);
                assertThat(directory.length("b")).isZero();
            }
        }
    }

    @Test
    void givenAMappedFile_whenWrittenTo_thenTheFileSaysSoWithoutBeingClosed() throws IOException {
        try (var directory = DiskDirectory.claim(parent)) {
            var memory = directory.map("tally", 16);
            memory.putLong(8, 0x0102030405060708L);

            assertThat(Files.readAllBytes(parent.resolve("tally")))
                    .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
            assertThat(directory.map("tally", 16).getLong(8)).isEqualTo(0x0102030405060708L);
            assertThat(permissions(parent.resolve("tally"))).isEqualTo("rw-------");
        }
    }

    @Test
    void givenADirectory_whenDiscarded_thenItIsGone() throws IOException {
        var path = parent.resolve("run");
        var directory = DiskDirectory.claim(path);
        directory.open("file").close();

        directory.discard();

        assertThat(path).doesNotExist();
    }

    @Test
    void givenAFileThatOthersCanRead_whenOpened_thenTheyNoLongerCan() throws IOException {
        var file = Files.createFile(
                parent.resolve("file"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        try (var directory = DiskDirectory.claim(parent)) {
            directory.open("file").close();
        }

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void givenAFile_whenAppendedAndTruncatedAndOpenedAgain_thenItGoesOnAtItsEnd() throws IOException {
        try (var directory = DiskDirectory.claim(parent)) {
            try (var file = directory.open("file")) {
                file.append(bytes("one two three"));
                file.truncate("one".length());
                file.append(bytes(" four"));
                file.sync();
            }
            try (var file = directory.open("file")) {
                file.append(bytes(" five"));
                file.sync();

                assertThat(file.length()).isEqualTo("one four five".length());
            }
        }

        assertThat(parent.resolve("file")).hasContent("one four five");
    }

    @Test
    void givenTwoFiles_whenOneIsRenamedToTheOther_thenItIsInItsPlace() throws IOException {
        try (var directory = DiskDirectory.claim(parent)) {
            Files.writeString(parent.resolve("old"), "old");
            Files.writeString(parent.resolve("new"), "new");

            directory.rename("new", "old");
            directory.sync();

            try (var file = directory.read("old").orElseThrow()) {
                assertThat(file).hasContent("new");
            }
            assertThat(directory.read("new")).isEmpty();
        }
    }

    @Test
    void givenAClaim_whenClaimedAgainInThisProcess_thenItIsRefusedUntilItIsClosed() throws IOException {
        try (var first = DiskDirectory.claim(parent)) {
            first.sync();
            assertThatThrownBy(() -> DiskDirectory.claim(parent))
                    .isInstanceOf(IOException.class)
                    .hasMessage(parent + " is in use by another process");
        }

        DiskDirectory.claim(parent).close();
    }

    @Test
    void givenAClaimAndItsFilesRead_whenAnotherProcessClaims_thenItIsRefused() throws Exception {
        try (var directory = DiskDirectory.claim(parent);
                var file = directory.open("file")) {
            file.sync();
            directory.read("file").orElseThrow().close();

            var said = claimElsewhere(parent);

            assertThat(said).isEqualTo(parent + " is in use by another process");
        }
    }

    private static String claimElsewhere(Path path) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimant.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Another process that wants the directory, and says what it was told. */
    static final class Claimant {
        private Claimant() {}

        public static void main(String[] args) {
            try (var directory = DiskDirectory.claim(Path.of(args[0]))) {
                directory.sync();
                System.out.println("claimed");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
