package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class DiskDirectoryTest {
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

            var result = claimElsewhere(parent);

            assertThat(result).isEqualTo(parent + " is in use by another process");
        }
    }

    /** POSIX drops a process's lock when the process closes any descriptor of the file. */
    @Test
    void givenAClaim_whenThisProcessTriesAgainByAnyPathOrLoader_thenOtherProcessesStayOut() throws Exception {
        var path = Files.createDirectory(parent.resolve("data"));
        var link = Files.createSymbolicLink(parent.resolve("link"), path);
        try (var directory = DiskDirectory.claim(path)) {
            directory.sync();

            var results = new ArrayList<String>();
            for (var spelling : List.of(path, link, path.resolve("../data"), path.resolve("."))) {
                results.add(Claimant.claim(spelling));
                results.add(claimByAnotherLoader(spelling));
            }
            results.add(claimElsewhere(path));

            assertThat(results).allSatisfy(each -> assertThat(each).endsWith(" is in use by another process"));
        }

        assertThat(claimByAnotherLoader(link)).isEqualTo("claimed");
        assertThat(Claimant.claim(path)).isEqualTo("claimed");
    }

    @Test
    void givenALockFileThatWasReplaced_whenClaimed_thenWhatIsLockedIsWhatIsThere() throws IOException {
        try (var old = DiskDirectory.claim(parent)) {
            Files.delete(parent.resolve("lock"));

            assertThat(Claimant.claim(parent)).isEqualTo("claimed");
            old.sync();
        }
        assertThat(Claimant.claim(parent)).isEqualTo("claimed");
    }

    @Test
    void givenManyThatClaimAndDiscard_whenAllAreDone_thenNeverTwoHeldItAtOnce() throws Exception {
        var holders = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (var round = 0; round < 200; round++) {
                    try (var directory = DiskDirectory.claim(parent.resolve("run"))) {
                        most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                        holders.decrementAndGet();
                        directory.discard();
                    } catch (IOException e) {
                        // another thread holds it
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(1);
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> String.valueOf(System.getProperty(name)).startsWith(parent.toString()));
    }

    private static String claimByAnotherLoader(Path path) throws Exception {
        var classPath = new ArrayList<URL>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (var loader = new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var claimant = loader.loadClass(Claimant.class.getName());
            assertThat(claimant).isNotEqualTo(Claimant.class);
            return (String) claimant.getDeclaredMethod("claim", Path.class).invoke(null, path);
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
            var output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return output.strip();
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

    /** Another process that claims the directory and prints the result. */
    public static final class Claimant {
        private Claimant() {}

        public static void main(String[] args) {
            System.out.println(claim(Path.of(args[0])));
        }

        public static String claim(Path path) {
            try (var directory = DiskDirectory.claim(path)) {
                directory.sync();
                return "claimed";
            } catch (IOException e) {
                return e.getMessage();
            }
        }
    }
}
