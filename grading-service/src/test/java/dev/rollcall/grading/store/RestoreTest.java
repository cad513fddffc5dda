package dev.rollcall.grading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores a backup of 5 students over a gradebook of 65 students whose process was killed. */
final class RestoreTest {
    private static final long NO_BOUND = 1L << 40;

    @TempDir
    Path parent;

    @Test
    void givenACrash_whenStartedAgain_thenAllIsThere() throws Exception {
        crash(5);

        assertThat(studentsIn(crashed())).isEqualTo(65);
    }

    @Test
    void givenACrash_whenABackupIsRestored_thenOnlyItsContentIsThereAndNothingIsLeftOver() throws Exception {
        var backup = crash(5);

        var restored = Restore.restore(backup, crashed());

        assertThat(restored).isEqualTo(new Restore.Restored(5, 0));
        try (var files = Files.list(crashed())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "grades.sqlite");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(crashed().resolve("grades.sqlite"))))
                .isEqualTo("rw-------");
        assertThat(studentsIn(crashed())).isEqualTo(5);
    }

    /** Replaces the content of the file and leaves the write-ahead log, as an operator might do by hand. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenACrash_whenABackupIsPutThereByHand_thenTheStartIsRefusedWithAdvice(boolean inPlace) throws Exception {
        var backup = crash(5);
        var file = crashed().resolve("grades.sqlite");
        if (inPlace) {
            Files.write(file, Files.readAllBytes(backup));
        } else {
            Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        }

        assertThatThrownBy(() -> studentsIn(crashed()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("grades.sqlite-wal is left over from another database")
                .hasMessageContaining("--restore");

        assertThat(Restore.restore(backup, crashed()).students()).isEqualTo(5);
        assertThat(studentsIn(crashed())).isEqualTo(5);
    }

    @Test
    void givenACrash_whenTheFileOfAnEarlierStopIsPutThereByHand_thenTheStartRefuses() throws Exception {
        var live = parent.resolve("live");
        fill(live, 1, 5);
        var stopped = Files.copy(live.resolve("grades.sqlite"), parent.resolve("stopped"));
        crash(6);
        Files.copy(stopped, crashed().resolve("grades.sqlite"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> studentsIn(crashed())).hasMessageContaining("left over from another database");
    }

    @Test
    void givenADirectoryInUse_whenRestored_thenRefusedWithNothingChanged() throws Exception {
        var backup = crash(5);
        try (var store = Store.sqlite(crashed(), NO_BOUND, seed -> 0)) {
            assertThatThrownBy(() -> Restore.restore(backup, crashed()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another process");
            assertThat(count(store)).isEqualTo(65);
        }
    }

    @Test
    void givenFilesThatAreNoBackup_whenRestored_thenRefusedWithTheReasonAndNothingChanged() throws Exception {
        var backup = crash(5);
        var text = Files.writeString(parent.resolve("text"), "students, grades");
        var torn = Files.write(parent.resolve("torn"), torn(Files.readAllBytes(backup)));
        var foreign = parent.resolve("foreign");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE song (name TEXT)");
        }

        assertRefused(parent.resolve("absent"), "there is no file");
        assertRefused(parent, "it is a directory");
        assertRefused(text, "it is no SQLite database");
        assertRefused(torn, "it is corrupt");
        assertRefused(foreign, "it is no gradebook");
        assertRefused(crashed().resolve("grades.sqlite"), "a part of it is in");

        assertThat(studentsIn(crashed())).isEqualTo(65);
        assertRefused(crashed().resolve("grades.sqlite"), "it is the gradebook itself");
    }

    @Test
    void givenABackupOfANewerProgram_whenRestored_thenRefused() throws Exception {
        var backup = crash(5);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO migration VALUES (99, 'later', 'x')");
        }

        assertRefused(backup, "a newer program made its tables");
    }

    private void assertRefused(Path backup, String reason) {
        assertThatThrownBy(() -> Restore.restore(backup, crashed()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(reason);
    }

    /** Makes a backup after the first students, and copies the files as a killed process leaves them after 65. */
    private Path crash(int first) throws IOException {
        var live = parent.resolve("live");
        try (var store = Store.sqlite(live, NO_BOUND, seed -> 0)) {
            var known = (int) count(store);
            insert(store, known + 1, first);
            var backup = store.backup("backup").orElseThrow();
            insert(store, Math.max(first, known) + 1, 65);
            Files.createDirectories(crashed());
            for (var name : new String[] {"grades.sqlite", "grades.sqlite-wal", "grades.sqlite-mark"}) {
                var file = live.resolve(name);
                if (Files.exists(file)) {
                    Files.copy(file, crashed().resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return Files.move(backup, parent.resolve("backup"));
        }
    }

    private Path crashed() {
        return parent.resolve("crashed");
    }

    private static byte[] torn(byte[] file) {
        for (var i = file.length / 2; i < file.length; i++) {
            file[i] = 0x5a;
        }
        return file;
    }

    private static void fill(Path directory, int from, int to) {
        try (var store = Store.sqlite(directory, NO_BOUND, seed -> 0)) {
            insert(store, from, to);
        }
    }

    private static void insert(Store store, int from, int to) {
        for (var i = from; i <= to; i++) {
            var id = i;
            store.write(transaction -> insert(transaction, id));
        }
    }

    private static int insert(Transaction transaction, int id) throws SQLException {
        transaction.raiseRevision();
        return transaction.sql().update("INSERT INTO student VALUES (?, 'x', 'x', 0, 1)", id);
    }

    private static long studentsIn(Path directory) {
        try (var store = Store.sqlite(directory, NO_BOUND, seed -> 0)) {
            return count(store);
        }
    }

    private static long count(Store store) {
        return store.read(sql -> sql.number("SELECT count(*) FROM student"));
    }
}
