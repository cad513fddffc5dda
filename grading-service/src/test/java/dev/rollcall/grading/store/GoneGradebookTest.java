package dev.rollcall.grading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.grading.store.StoreException.Kind;
import dev.rollcall.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves or deletes SQLite's files while they are open. */
@Timeout(60)
final class GoneGradebookTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NO_BOUND = 1L << 40;

    @TempDir
    Path parent;

    @Test
    void givenADirectoryMovedAway_whenWritten_thenUnavailableUntilItIsBack() throws Exception {
        var data = parent.resolve("data");
        try (var store = Store.sqlite(data, NO_BOUND, seed -> 0)) {
            store.write(transaction -> insert(transaction, 1));

            Files.move(data, parent.resolve("away"));

            // no write in between
            Eventually.holds(
                    "it shows", LIMIT, () -> store.healthReasons().toString().contains("moved or replaced"));
            assertUnavailable(store);

            Files.move(parent.resolve("away"), data);
            Eventually.holds("it is over", LIMIT, () -> store.healthReasons().isEmpty());
            store.write(transaction -> insert(transaction, 3));
        }
        try (var store = Store.sqlite(data, NO_BOUND, seed -> 0)) {
            assertThat(count(store)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "grades.sqlite", "grades.sqlite-wal"})
    void givenOneFileDeleted_whenWritten_thenUnavailable(String name) throws Exception {
        try (var store = Store.sqlite(parent, NO_BOUND, seed -> 0)) {
            store.write(transaction -> insert(transaction, 1));

            Files.delete(parent.resolve(name));

            Eventually.holds(
                    "it shows", LIMIT, () -> store.healthReasons().toString().contains(name + " was deleted"));
            assertUnavailable(store);
        }
    }

    private static void assertUnavailable(Store store) {
        assertThatThrownBy(() -> store.write(transaction -> insert(transaction, 2)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static int insert(Transaction transaction, int id) throws SQLException {
        transaction.raiseRevision();
        return transaction.sql().update("INSERT INTO student VALUES (?, 'x', 'x', 0, 1)", id);
    }

    private static long count(Store store) {
        return store.read(sql -> sql.number("SELECT count(*) FROM student"));
    }
}
