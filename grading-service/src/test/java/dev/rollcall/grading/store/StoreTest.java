package dev.rollcall.grading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.grading.store.Transaction.Counter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour common to both engines. */
@ParameterizedClass
@EnumSource(Database.class)
final class StoreTest {
    @Parameter
    Database database;

    @TempDir
    Path directory;

    private String location;
    private Store store;

    @BeforeEach
    void open() {
        location = database.newLocation(directory);
        store = database.open(location, seed -> 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givenNewStore_whenOpenedAgain_thenTheSeedRanOnceAndWritesAreThere() {
        assertThat(store.isNew()).isTrue();
        var id = store.write(StoreTest::addStudent);
        var revision = store.revision();
        store.close();

        store = database.open(location, transaction -> {
            throw new AssertionError("the seed is for new stores");
        });

        assertThat(store.isNew()).isFalse();
        assertThat(names()).containsExactly("First" + id);
        assertThat(store.revision()).isEqualTo(revision);
    }

    @Test
    void givenWrite_whenItFails_thenNothingOfItStaysAndTheExceptionIsPassedOn() {
        store.write(StoreTest::addStudent);
        var revision = store.revision();

        assertThatThrownBy(() -> store.write(transaction -> {
                    addStudent(transaction);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");

        assertThat(names()).hasSize(1);
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(store.<Integer>write(StoreTest::addStudent)).isEqualTo(2);
    }

    @Test
    void givenWriteThatRunsOutOfMemory_whenTheNextComes_thenUnhealthyMeanwhileAndItWorks() {
        assertThatThrownBy(() -> store.write(transaction -> {
                    addStudent(transaction);
                    throw new OutOfMemoryError("as if");
                }))
                .isInstanceOf(StoreException.class);
        assertThat(store.healthReasons()).containsExactly("the database takes no writes: writing failed");

        assertThat(store.<Integer>write(StoreTest::addStudent)).isEqualTo(1);
        assertThat(store.healthReasons()).isEmpty();
    }

    @Test
    void givenWrongStatement_whenRun_thenOnlyItsOwnWriteIsUndone() {
        assertThatThrownBy(() -> store.write(transaction -> {
                    addStudent(transaction);
                    return transaction.sql().update("INSERT INTO student VALUES (1, NULL, 'x', 0, 1)");
                }))
                .isInstanceOf(StoreException.class);

        assertThat(names()).isEmpty();
        assertThat(store.<Integer>write(StoreTest::addStudent)).isEqualTo(1);
    }

    @Test
    void givenForeignKey_whenBroken_thenRefused() {
        assertThatThrownBy(() -> store.write(transaction -> transaction
                        .sql()
                        .update("INSERT INTO grade (student, id, item, score, excused, remark, version, entered)"
                                + " VALUES (9, 1, 9, 0, 0, '', 1, 0)")))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void givenManyWriters_whenSomeFail_thenEveryOtherIsThereOnceWithItsNumber() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        var start = new CountDownLatch(1);
        var writers = new ArrayList<Future<Integer>>();
        for (var i = 0; i < 8; i++) {
            var first = i;
            writers.add(threads.submit(() -> {
                start.await();
                return writeMany(first);
            }));
        }

        start.countDown();
        var done = 0;
        for (var writer : writers) {
            done += writer.get();
        }
        threads.shutdownNow();

        assertThat(names()).hasSize(done).doesNotHaveDuplicates();
        assertThat(store.revision()).isEqualTo(done);
    }

    private int writeMany(int seed) {
        var done = 0;
        for (var i = 0; i < 40; i++) {
            var fails = (seed + i) % 5 == 0;
            try {
                store.write(transaction -> {
                    var id = addStudent(transaction);
                    if (fails) {
                        throw new IllegalArgumentException("every fifth");
                    }
                    return id;
                });
                done++;
            } catch (IllegalArgumentException e) {
                // meant to
            }
        }
        return done;
    }

    @Test
    void givenReader_whenOthersCommitMeanwhile_thenItSeesOneMoment() {
        var seen = store.read(sql -> {
            var before = sql.number("SELECT count(*) FROM student");
            store.write(StoreTest::addStudent);
            return List.of(before, sql.number("SELECT count(*) FROM student"));
        });

        assertThat(seen).containsExactly(0L, 0L);
        assertThat(names()).hasSize(1);
    }

    @Test
    void givenAnyCharacters_whenWritten_thenReadAsTheyWere() {
        var text = "\u0000\u0001\u00010é😀\n'\"\\%;--";
        store.write(transaction -> {
            transaction.raiseRevision();
            return transaction.sql().update("INSERT INTO student VALUES (1, ?, 'x', 0, 1)", text);
        });

        assertThat(names()).containsExactly(text);
        List<Integer> found =
                store.read(sql -> sql.list("SELECT id FROM student WHERE first_name = ?", row -> row.integer(1), text));
        assertThat(found).containsExactly(1);
    }

    @Test
    void givenTablesOfANewerProgram_whenOpened_thenRefusedInOneClearLine() {
        store.write(
                transaction -> transaction.sql().update("INSERT INTO migration VALUES (99, '0099-later', 'whatever')"));
        store.close();

        assertThatThrownBy(() -> database.open(location, seed -> 0))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a newer program made its tables (step 99, 0099-later")
                .hasMessageNotContaining("\n");
    }

    @Test
    void givenTablesOfAnotherStep_whenOpened_thenRefused() {
        store.write(transaction -> transaction.sql().update("UPDATE migration SET checksum = 'other'"));
        store.close();

        assertThatThrownBy(() -> database.open(location, seed -> 0))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another step 1");
    }

    @Test
    void givenClosedStore_whenWritten_thenUnavailable() {
        store.close();

        assertThatThrownBy(() -> store.write(StoreTest::addStudent))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }

    private static int addStudent(Transaction transaction) throws SQLException {
        var id = transaction.next(Counter.STUDENT);
        transaction.raiseRevision();
        transaction.sql().update("INSERT INTO student VALUES (?, ?, 'x', 0, 1)", id, "First" + id);
        return id;
    }

    private List<String> names() {
        return store.read(sql -> sql.list("SELECT first_name FROM student ORDER BY id", row -> row.text(1)));
    }
}
