package dev.rollcall.grading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.grading.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour specific to SQLite. */
final class SqliteTest {
    private static final long NO_BOUND = 1L << 40;

    @TempDir
    Path directory;

    @Test
    void givenOpenStore_whenItsDirectoryIsOpenedAgain_thenRefused() {
        try (var store = Store.sqlite(directory, NO_BOUND, seed -> 0)) {
            assertThat(store.isNew()).isTrue();

            assertThatThrownBy(() -> Store.sqlite(directory, NO_BOUND, seed -> 0))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNUSABLE))
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void givenSeedThatFails_whenOpened_thenThereIsNoHalfMadeStore() {
        assertThatThrownBy(() -> Store.sqlite(directory, NO_BOUND, transaction -> {
                    insert(transaction, 1, "x");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        try (var store = Store.sqlite(directory, NO_BOUND, seed -> 0)) {
            assertThat(store.isNew()).isTrue();
            assertThat(count(store)).isZero();
        }
    }

    @Test
    void givenStore_whenOpened_thenSyncedAtEachCommitWithItsLibraryInTheDirectory() throws Exception {
        try (var store = Store.sqlite(directory, NO_BOUND, seed -> 0)) {
            var synchronous = store.write(transaction -> transaction.sql().number("PRAGMA synchronous"));
            var journal = store.read(sql -> sql.first("PRAGMA journal_mode", row -> row.text(1)));

            assertThat(synchronous).isEqualTo(2);
            assertThat(journal).contains("wal");
            assertThat(directory.resolve("native")).isDirectory();
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve(SqliteEngine.FILE + "-wal"))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void givenFileAtItsBound_whenWritten_thenFullWithNoPartialWriteUntilThereIsRoom() {
        var large = "x".repeat(100_000);
        try (var store = Store.sqlite(directory, 600_000, seed -> 0)) {
            var written = 0;
            StoreException refusal = null;
            while (refusal == null && written < 100) {
                try {
                    var id = written + 1;
                    store.write(transaction -> {
                        insert(transaction, id, large);
                        return insert(transaction, 1_000 + id, large);
                    });
                    written++;
                } catch (StoreException e) {
                    refusal = e;
                }
            }

            assertThat(refusal).isNotNull();
            assertThat(refusal.kind()).isEqualTo(Kind.FULL);
            assertThat(written).isBetween(1, 99);
            assertThat(count(store)).isEqualTo(2L * written);
            assertThat(store.healthReasons()).isNotEmpty();
            assertThat(store.revision()).isEqualTo(2L * written);

            store.write(transaction -> transaction.sql().update("DELETE FROM student WHERE id = 1"));
            store.write(transaction -> insert(transaction, 5_000, large));

            assertThat(count(store)).isEqualTo(2L * written);
            assertThat(store.healthReasons()).isEmpty();
        }
    }

    @Test
    void givenStore_whenBackedUp_thenTheCopyIsAStoreOfThatMoment() throws Exception {
        Path copy;
        try (var store = Store.sqlite(directory.resolve("one"), NO_BOUND, seed -> 0)) {
            store.write(transaction -> insert(transaction, 1, "x"));
            copy = store.backup("copy").orElseThrow();
            store.write(transaction -> insert(transaction, 2, "y"));
        }
        var other = Files.createDirectories(directory.resolve("two"));
        Files.copy(copy, other.resolve(SqliteEngine.FILE));

        try (var store = Store.sqlite(other, NO_BOUND, seed -> 0)) {
            assertThat(store.isNew()).isFalse();
            assertThat(count(store)).isEqualTo(1);
        }
    }

    @Test
    void givenReadUnderWay_whenStoreIsClosed_thenItEndsAsItBeganAndNothingStaysOpen() throws Exception {
        var store = Store.sqlite(directory, NO_BOUND, seed -> insert(seed, 1, "x"));
        var isReading = new CountDownLatch(1);
        var isClosed = new CountDownLatch(1);
        var reading = CompletableFuture.supplyAsync(() -> store.read(sql -> {
            isReading.countDown();
            await(isClosed);
            return sql.number("SELECT count(*) FROM student");
        }));
        await(isReading);

        store.close();

        isClosed.countDown();
        assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        // closing the last connection deletes it
        assertThat(directory.resolve(SqliteEngine.FILE + "-wal")).doesNotExist();
        assertThatThrownBy(() -> count(store))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int insert(Transaction transaction, int id, String name) throws SQLException {
        transaction.raiseRevision();
        return transaction.sql().update("INSERT INTO student VALUES (?, ?, 'x', 0, 1)", id, name);
    }

    private static long count(Store store) {
        return store.read(sql -> sql.number("SELECT count(*) FROM student"));
    }
}
